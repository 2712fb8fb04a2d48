/**
 * From whatever comes in to 16-bit mono at 11 025 Hz: channels mixed, rate converted, and for TEST4
 * the leading silence removed.
 *
 * <pre>
 *   interleaved, planar, float ─▶ MonoMixer ─▶ Resampler ─▶ (SilenceRemover) ─▶ PcmSink
 * </pre>
 *
 * <p>The rate conversion is libchromaprint's own, not swresample's: what {@code fpcalc} hears has
 * been converted by FFmpeg before.
 *
 * <p>Arrows: imports nothing of ours; {@code .spectrum} implements {@link
 * org.incipit.fingerprint.pcm.PcmSink}.
 */
@NullMarked
package org.incipit.fingerprint.pcm;

import org.jspecify.annotations.NullMarked;
