package org.incipit.decoder;

import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.DecodeOptions.Engine;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.decoder.ffmpeg.FfmpegLibraries;
import org.incipit.decoder.ffmpeg.FfmpegSource;
import org.incipit.decoder.plain.LineSource;
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
    if (byFfmpeg(options)) {
      return FfmpegSource.open(path, options);
    }
    try {
      return PlainReader.open(path, options);
    } catch (DecodeException e) {
      throw explained(e, options);
    }
  }

  /**
   * Opens a stream, which is only read forward and stays the caller's: closing the source leaves it
   * open, at some point behind the last byte used. The duration is mostly unknown, and containers
   * with their index at the end cannot be read.
   */
  public static PcmSource open(InputStream in, DecodeOptions options) throws DecodeException {
    if (byFfmpeg(options)) {
      return FfmpegSource.open(in, options);
    }
    try {
      return PlainReader.open(in, options);
    } catch (DecodeException e) {
      throw explained(e, options);
    }
  }

  /**
   * Opens a blocking channel, which stays the caller's. If it is a {@link
   * java.nio.channels.SeekableByteChannel}, its present position is taken as the beginning.
   */
  public static PcmSource open(ReadableByteChannel channel, DecodeOptions options)
      throws DecodeException {
    if (byFfmpeg(options)) {
      return FfmpegSource.open(channel, options);
    }
    try {
      return PlainReader.open(channel, options);
    } catch (DecodeException e) {
      throw explained(e, options);
    }
  }

  /**
   * Opens what a command line names: the bytes of a file name, which need not be text in any
   * encoding, or a URL such as {@code pipe:0} or, if {@link DecodeOptions#protocols()} allows it,
   * {@code http://…}. A file whose name holds a colon must be given as {@code file:a:b.wav}.
   */
  public static PcmSource openNamed(byte[] name, DecodeOptions options) throws DecodeException {
    for (byte c : name) {
      if (c == 0) {
        // C would open what stands before it.
        throw new DecodeException(Stage.OPEN, "No such file or directory", 0);
      }
    }
    if (byFfmpeg(options)) {
      return FfmpegSource.open(name, options);
    }
    try {
      return PlainName.open(name, options);
    } catch (DecodeException e) {
      throw explained(e, options);
    }
  }

  /**
   * Opens the system's default audio input and starts it, without FFmpeg whatever the engine. It
   * has no end of its own: {@link PcmSource#close()}, from any thread, ends a read that waits for
   * audio. Needs the module {@code java.desktop}.
   *
   * @param sampleRate to record at, in Hz
   * @param channels to record
   * @throws DecodeException if there is no such line, or others have it
   */
  public static PcmSource openLine(int sampleRate, int channels, DecodeOptions options)
      throws DecodeException {
    return LineSource.open(sampleRate, channels, options);
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

  /** Whether {@link DecodeOptions#format()} may be {@code name} with {@link Engine#AUTO}. */
  public static boolean knowsFormat(String name) {
    return knowsFormat(name, Engine.AUTO);
  }

  /** Whether {@link DecodeOptions#format()} may be {@code name} with this engine. */
  public static boolean knowsFormat(String name, Engine engine) {
    return byFfmpeg(engine) ? FfmpegLibraries.knowsFormat(name) : PlainReader.knowsFormat(name);
  }

  /** What the plain readers do not know, FFmpeg might have: says why it was not asked. */
  private static DecodeException explained(DecodeException e, DecodeOptions options) {
    String problem = options.engine() == Engine.AUTO ? FfmpegLibraries.problem() : null;
    boolean ofTheBytes = e.getCause() == null;
    if (problem == null || !ofTheBytes) {
      return e;
    }
    return new DecodeException(e.stage(), e.detail() + "; " + problem, e.positionMillis());
  }

  private static boolean byFfmpeg(DecodeOptions options) {
    return byFfmpeg(options.engine());
  }

  private static boolean byFfmpeg(Engine engine) {
    // Asked for by name, FFmpeg itself says what is missing.
    return switch (engine) {
      case AUTO -> FfmpegLibraries.available();
      case FFMPEG -> true;
      case PLAIN -> false;
    };
  }
}
