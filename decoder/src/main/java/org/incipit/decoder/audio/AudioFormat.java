package org.incipit.decoder.audio;

/**
 * What a file or line holds, as its container and decoder tell it.
 *
 * @param codec FFmpeg's short name of the codec, such as {@code mp3} or {@code pcm_s16le}
 * @param sampleRate in Hz
 * @param channels at least 1
 * @param layout FFmpeg's name of the channel layout, such as {@code stereo} or {@code 5.1(side)}
 * @param bitsPerSample bits of a decoded sample: 8, 16, 24, 32 or 64
 * @param bitRate in bits a second, 0 if unknown
 * @param durationMillis in milliseconds, cut off, or {@link #UNKNOWN_DURATION}
 */
public record AudioFormat(
    String codec,
    int sampleRate,
    int channels,
    String layout,
    int bitsPerSample,
    long bitRate,
    long durationMillis) {
  /** The duration of a pipe, a line, and of containers that do not say. */
  public static final long UNKNOWN_DURATION = -1;
}
