/**
 * Audio without native code: {@link org.incipit.decoder.plain.PlainReader} opens WAVE, AIFF and AU
 * files and raw samples, {@link org.incipit.decoder.plain.LineSource} the live audio line. Both are
 * bytes behind a header, or behind none:
 *
 * <pre>
 *   WavHeader, AiffHeader, AuHeader ─▶ PlainStream: encoding, rate, layout, length
 *   ByteInput ─▶ PlainSource ─ bytes ▶ PcmConverter ─▶ short[]
 *     NativeConverter                    SampleEncoding
 *     IntegerConverter, FloatConverter   SampleEncoding ▶ Resampler per channel ▶ MonoMatrix
 * </pre>
 *
 * <p>The files, {@code chunk = tag u32:size byte[size] [pad to even]}:
 *
 * <pre>
 *   WAVE = [ID3v2 tag] ("RIFF" | "RIFX" | "RF64" | "BW64") u32 "WAVE" chunk… "data" u32 samples
 *   AIFF = "FORM" u32 ("AIFF" | "AIFC") chunk… "SSND" u32 u32:offset u32 byte[offset] samples
 *   AU   = ".snd" u32:start u32:size u32:encoding u32:rate u32:channels byte[start - 24] samples
 * </pre>
 *
 * What describes the samples ({@code fmt}, {@code ds64}, {@code COMM}, {@code CHAN}) must stand
 * before them, as nothing is read twice.
 *
 * <p>What comes out for a fingerprint are the samples of fpcalc 1.6.1 over FFmpeg 5.1, whose
 * swresample is described by its arithmetic: sources of at most 16 bits are resampled and mixed in
 * integers and give them bit for bit, wider ones in floating point, where single samples differ by
 * one. FilterBank makes the taps.
 *
 * <p>Arrows: this package → {@code .audio}; {@code org.incipit.decoder} imports it.
 */
@NullMarked
package org.incipit.decoder.plain;

import org.jspecify.annotations.NullMarked;
