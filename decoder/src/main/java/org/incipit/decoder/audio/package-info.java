/**
 * What decoding is about, whatever does it: {@link org.incipit.decoder.audio.PcmSource} delivers
 * samples, {@link org.incipit.decoder.audio.AudioFormat} says what the file holds, {@link
 * org.incipit.decoder.audio.DecodeOptions} what is wanted, {@link
 * org.incipit.decoder.audio.DecodeException} what went wrong and where.
 *
 * <p>Arrows: imports nothing of ours; everything else in the decoder imports it.
 */
@NullMarked
package org.incipit.decoder.audio;

import org.jspecify.annotations.NullMarked;
