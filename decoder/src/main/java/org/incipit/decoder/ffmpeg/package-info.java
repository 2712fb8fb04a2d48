/**
 * FFmpeg in the process, reached through the bindings of {@code org.bytedeco}.
 *
 * <p>{@link org.incipit.decoder.ffmpeg.FfmpegLibraries} loads the native libraries. {@link
 * org.incipit.decoder.ffmpeg.FfmpegSource} then is a chain of four, each owning its native objects
 * until it is closed:
 *
 * <pre>
 *   Container ─ packets ▶ PacketDecoder ─ frames ▶ FrameConverter ─ int16 ▶ PcmBuffer ▶ short[]
 *       ▲ StreamIo, when the bytes come from a stream or channel of Java
 * </pre>
 *
 * {@link org.incipit.decoder.ffmpeg.FfmpegTags} opens a container for its tags alone. Memory of our
 * own comes from FFmpeg's allocator (NativeMemory): JavaCPP counts what it allocates against a
 * limit on the memory of the whole process, mapped files included.
 *
 * <p>Two choices make the samples those of fpcalc 1.6.1 over FFmpeg 5.1: sources of at most 16 bits
 * are resampled in integers, and the decoder is not drained at the end. Both are measured against
 * the golden files.
 *
 * <p>Arrows: this package → {@code .audio} and {@code org.bytedeco}; {@code org.incipit.decoder}
 * imports it. Nothing of {@code org.bytedeco} appears in its public signatures.
 */
@NullMarked
package org.incipit.decoder.ffmpeg;

import org.jspecify.annotations.NullMarked;
