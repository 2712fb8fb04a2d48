/**
 * The way in: {@link org.incipit.decoder.AudioDecoder} opens a file, a stream or a channel with the
 * engine that is there, {@link org.incipit.decoder.TagReader} reads who made it.
 *
 * <p>Arrows: this package → {@code .ffmpeg}, {@code .plain} → {@code .audio}. Only {@code .ffmpeg}
 * sees {@code org.bytedeco}, and it is touched only after a look whether that is on the class path.
 */
@NullMarked
package org.incipit.decoder;

import org.jspecify.annotations.NullMarked;
