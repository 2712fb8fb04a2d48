package org.incipit.decoder.plain;

import org.incipit.decoder.audio.AudioFormat;

/**
 * What a header says of the samples that follow it.
 *
 * @param sampleRate in Hz, at least 1
 * @param dataBytes bytes of samples, or {@link #UNTIL_END}
 * @param frames frames by the header, as FFmpeg counts them, or {@link #UNKNOWN_FRAMES}
 */
record PlainStream(
    SampleEncoding encoding, int sampleRate, ChannelLayout layout, long dataBytes, long frames) {
  static final long UNTIL_END = Long.MAX_VALUE;
  static final long UNKNOWN_FRAMES = -1;

  /** As many as FFmpeg's decoders take. */
  static final int MAX_CHANNELS = 512;

  int channels() {
    return layout.channels();
  }

  int frameBytes() {
    return encoding.bytes() * layout.channels();
  }

  /** Frames in so many bytes of any encoding, half a frame and more counting as one. */
  static long nearestFrames(long bytes, int frameBytes) {
    return bytes / frameBytes + (bytes % frameBytes * 2 >= frameBytes ? 1 : 0);
  }

  AudioFormat format() {
    return new AudioFormat(
        "pcm_" + encoding.name(),
        sampleRate,
        channels(),
        layout.name(),
        encoding.decodedBits(),
        8L * frameBytes() * sampleRate,
        durationMillis());
  }

  private long durationMillis() {
    return frames < 0 || frames > Long.MAX_VALUE / 1000
        ? AudioFormat.UNKNOWN_DURATION
        : 1000 * frames / sampleRate;
  }
}
