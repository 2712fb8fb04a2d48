package org.incipit.decoder;

import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.DecodeOptions.Engine;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.decoder.ffmpeg.FfmpegLibraries;
import org.incipit.decoder.ffmpeg.FfmpegSource;
import org.incipit.decoder.plain.PlainReader;

/**
 * Opens audio.
 *
 * <pre>{@code
 * try (PcmSource pcm = AudioDecoder.open(path)) {
 *   pcm.forEachBlock((samples, offset, length) -> ...);
 * }
 * }</pre>
 *
 * <p>Every method throws {@link IllegalStateException} if {@link Engine#FFMPEG} is asked for and is
 * not there, and {@link IllegalArgumentException} for an unknown {@link DecodeOptions#format()}.
 * Sources are independent of each other; any number may be open, each read by one thread at a time.
 */
public final class AudioDecoder {
  private AudioDecoder() {}

  /** Opens a file: mono at 11 025 Hz, exactly as {@code fpcalc} hears it. */
  public static PcmSource open(Path path) throws DecodeException {
    return open(path, DecodeOptions.FINGERPRINT);
  }

  /** Opens a file. Any name is taken as the name of a file, {@code http://x} too. */
  public static PcmSource open(Path path, DecodeOptions options) throws DecodeException {
    return byFfmpeg(options) ? FfmpegSource.open(path, options) : PlainReader.open(path, options);
  }

  /**
   * Opens a stream, which is only read forward and stays the caller's: closing the source leaves it
   * open, at some point behind the last byte used. The duration is mostly unknown, and containers
   * with their index at the end cannot be read.
   */
  public static PcmSource open(InputStream in, DecodeOptions options) throws DecodeException {
    return byFfmpeg(options) ? FfmpegSource.open(in, options) : PlainReader.open(in, options);
  }

  /**
   * Opens a blocking channel, which stays the caller's. If it is a {@link
   * java.nio.channels.SeekableByteChannel}, its present position is taken as the beginning.
   */
  public static PcmSource open(ReadableByteChannel channel, DecodeOptions options)
      throws DecodeException {
    return byFfmpeg(options)
        ? FfmpegSource.open(channel, options)
        : PlainReader.open(Channels.newInputStream(channel), options);
  }

  /**
   * Opens what a command line names: the bytes of a file name, which need not be text in any
   * encoding, or a URL such as {@code pipe:0} or, if {@link DecodeOptions#protocols()} allows it,
   * {@code http://…}. A file whose name holds a colon must be given as {@code file:a:b.wav}.
   */
  public static PcmSource openNamed(byte[] name, DecodeOptions options) throws DecodeException {
    return byFfmpeg(options) ? FfmpegSource.open(name, options) : PlainName.open(name, options);
  }

  /** Whether FFmpeg is there; without it the plain readers decode WAV, AIFF and AU. */
  public static boolean ffmpegAvailable() {
    return FfmpegLibraries.available();
  }

  /**
   * FFmpeg's libraries at hand as they identify themselves: {@code Lavc62.28.102}, {@code
   * Lavf62.12.102}, {@code SwR6.3.102}; nothing if FFmpeg is not there.
   */
  public static List<String> ffmpegVersions() {
    return FfmpegLibraries.available() ? FfmpegLibraries.versions() : List.of();
  }

  /**
   * Whether {@link DecodeOptions#format()} may be {@code name}. Without FFmpeg any name may, and
   * what the plain readers do not know is refused when it is opened.
   */
  public static boolean knowsFormat(String name) {
    return !FfmpegLibraries.available() || FfmpegLibraries.knowsFormat(name);
  }

  private static boolean byFfmpeg(DecodeOptions options) {
    // Asked for by name, FFmpeg itself says what is missing.
    return switch (options.engine()) {
      case AUTO -> FfmpegLibraries.available();
      case FFMPEG -> true;
      case PLAIN -> false;
    };
  }
}
