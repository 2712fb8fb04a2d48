/**
 * From whatever comes in to 16-bit mono at 11 025 Hz: channels mixed, rate converted, and for TEST4
 * the leading silence removed.
 *
 * <pre>
 *   interleaved, planar, float ─▶ MonoMixer ─▶ Resampler ─▶ (SilenceRemover) ─▶ PcmSink
 * </pre>
 *
 * <p>The rate conversion is libchromaprint's own, not swresample's: what {@code fpcalc} hears has
 * been converted by FFmpeg before. {@code Resampler} keeps a {@code RateConversion} for the rate of
 * the stream. That holds the input under the filters, knows the {@code OutputPosition} of the next
 * output, and has a {@code Convolution} compute all outputs that have become possible: one by one
 * at any rate ({@code PhasedConvolution}), or many at once in loops that the JIT vectorises, at
 * multiples of 11 025 Hz ({@code StridedConvolution}) and at the other usual rates ({@code
 * PeriodicConvolution}). {@code CapacityCut} counts what the original would have put out.
 *
 * <p>Arrows: imports nothing of ours; {@code .spectrum} implements {@link
 * org.incipit.fingerprint.pcm.PcmSink}.
 */
@NullMarked
package org.incipit.fingerprint.pcm;

import org.jspecify.annotations.NullMarked;
