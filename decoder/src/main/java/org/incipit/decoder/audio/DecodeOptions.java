package org.incipit.decoder.audio;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a decoder. {@link #FINGERPRINT} is what {@code fpcalc} hears; each {@code
 * with…} and {@link #nativeFormat()} gives a changed copy.
 *
 * @param engine who decodes
 * @param target what is delivered
 * @param resampling how FFmpeg converts; only looked at for {@link Target#FINGERPRINT}
 * @param format FFmpeg's short name of the container, such as {@code s16le}, instead of probing
 * @param rate sample rate in Hz for containers that do not state one, 0 = not given
 * @param channels channel count for containers that do not state one, 0 = not given
 * @param start audio to drop from the beginning of the converted stream, counted in samples
 * @param length most audio to deliver after {@code start}, or null for all of it
 * @param protocols FFmpeg protocols that a name, or a playlist under it, may lead to; what comes
 *     from a stream or channel leads nowhere
 */
public record DecodeOptions(
    Engine engine,
    Target target,
    Resampling resampling,
    @Nullable String format,
    int rate,
    int channels,
    Duration start,
    @Nullable Duration length,
    List<String> protocols) {

  /** Who decodes. */
  public enum Engine {
    /** FFmpeg where it is there, otherwise the plain readers. */
    AUTO,
    /** FFmpeg, or an {@link IllegalStateException} that says what is missing. */
    FFMPEG,
    /** The pure-Java readers: WAV, AIFF, AU. */
    PLAIN
  }

  /** What is delivered. */
  public enum Target {
    /** Mono at 11 025 Hz, converted as {@code fpcalc} does. */
    FINGERPRINT,
    /** The file's own rate and channels, as 16-bit samples. */
    NATIVE
  }

  /** How FFmpeg converts to {@link Target#FINGERPRINT}. */
  public enum Resampling {
    /** Sources of at most 16 bits in integers, as FFmpeg 5.1: the same result on every CPU. */
    INTEGER,
    /** Whatever the FFmpeg at hand chooses by itself. */
    FFMPEG_DEFAULT
  }

  /** Files and pipes: nothing reaches the network. */
  public static final List<String> LOCAL_PROTOCOLS = List.of("file", "pipe", "fd", "data", "cache");

  /** Mono at 11 025 Hz as {@code fpcalc} hears it, from local files and streams. */
  public static final DecodeOptions FINGERPRINT =
      new DecodeOptions(
          Engine.AUTO,
          Target.FINGERPRINT,
          Resampling.INTEGER,
          null,
          0,
          0,
          Duration.ZERO,
          null,
          LOCAL_PROTOCOLS);

  public DecodeOptions {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(resampling, "resampling");
    Objects.requireNonNull(start, "start");
    if (rate < 0) {
      throw new IllegalArgumentException("rate must not be negative (got " + rate + ")");
    }
    if (channels < 0) {
      throw new IllegalArgumentException("channels must not be negative (got " + channels + ")");
    }
    if (start.isNegative()) {
      throw new IllegalArgumentException("start must not be negative (got " + start + ")");
    }
    if (length != null && length.isNegative()) {
      throw new IllegalArgumentException("length must not be negative (got " + length + ")");
    }
    protocols = List.copyOf(protocols);
    for (String protocol : protocols) {
      // FFmpeg takes one list with commas: such a name would allow more than it says.
      if (protocol.indexOf(',') >= 0) {
        throw new IllegalArgumentException(
            "protocols must each be one name (got " + protocol + ")");
      }
    }
  }

  /** The file's own rate and channels, for the fingerprinter's own resampler. */
  public static DecodeOptions nativeFormat() {
    return FINGERPRINT.withTarget(Target.NATIVE);
  }

  public DecodeOptions withEngine(Engine value) {
    return new DecodeOptions(
        value, target, resampling, format, rate, channels, start, length, protocols);
  }

  public DecodeOptions withTarget(Target value) {
    return new DecodeOptions(
        engine, value, resampling, format, rate, channels, start, length, protocols);
  }

  public DecodeOptions withResampling(Resampling value) {
    return new DecodeOptions(
        engine, target, value, format, rate, channels, start, length, protocols);
  }

  /** For raw containers: what they do not say themselves; 0 or null leaves a value open. */
  public DecodeOptions withInput(@Nullable String formatName, int rateHz, int channelCount) {
    return new DecodeOptions(
        engine, target, resampling, formatName, rateHz, channelCount, start, length, protocols);
  }

  public DecodeOptions withStart(Duration value) {
    return new DecodeOptions(
        engine, target, resampling, format, rate, channels, value, length, protocols);
  }

  public DecodeOptions withLength(@Nullable Duration value) {
    return new DecodeOptions(
        engine, target, resampling, format, rate, channels, start, value, protocols);
  }

  public DecodeOptions withProtocols(List<String> value) {
    return new DecodeOptions(
        engine, target, resampling, format, rate, channels, start, length, value);
  }
}
