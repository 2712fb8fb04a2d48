package org.incipit.decoder.ffmpeg;

import org.jspecify.annotations.Nullable;

/**
 * What the first frame of an MP3 file says of its length.
 *
 * <pre>
 *   frame = header:4 sideInfo("Xing" | "Info") flags:4 [frames:4] [bytes:4] [toc:100] [quality:4]
 *           encoder:9 ... padding:3 at the 21st byte from encoder on
 * </pre>
 *
 * @param samples frames times samples of a frame, padding included
 * @param paddingSamples what the encoder put before and behind
 */
record XingHeader(long samples, int sampleRate, int paddingSamples) {
  private static final int[] RATES = {44100, 48000, 32000};

  /** Finds the header at or shortly after the beginning of {@code data}. */
  static @Nullable XingHeader find(byte[] data, int length) {
    for (int at = 0; at + 4 <= length; at++) {
      if ((data[at] & 0xff) == 0xff && (data[at + 1] & 0xe6) == 0xe2) {
        XingHeader header = parse(data, at, length);
        if (header != null) {
          return header;
        }
      }
    }
    return null;
  }

  private static @Nullable XingHeader parse(byte[] data, int at, int length) {
    int version = (data[at + 1] >> 3) & 3; // 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5
    int rateIndex = (data[at + 2] >> 2) & 3;
    boolean mono = ((data[at + 3] >> 6) & 3) == 3;
    if (version == 1 || rateIndex == 3) {
      return null;
    }
    int sideInfo = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
    int tag = at + 4 + sideInfo;
    if (tag + 12 > length) {
      return null;
    }
    int name = int32(data, tag);
    int flags = int32(data, tag + 4);
    if ((name != 0x58696e67 && name != 0x496e666f) || (flags & 1) == 0) {
      return null;
    }
    int encoder =
        tag
            + 12
            + ((flags & 2) == 0 ? 0 : 4)
            + ((flags & 4) == 0 ? 0 : 100)
            + ((flags & 8) == 0 ? 0 : 4);
    if (encoder + 24 > length) {
      return null;
    }
    int padding = int32(data, encoder + 20) & 0xffffff;
    long frames = int32(data, tag + 8) & 0xffffffffL;
    int sampleRate = RATES[rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    return new XingHeader(
        frames * (version == 3 ? 1152 : 576), sampleRate, (padding >> 12) + (padding & 0xfff));
  }

  private static int int32(byte[] data, int at) {
    return ((data[at] & 0xff) << 24)
        | ((data[at + 1] & 0xff) << 16)
        | ((data[at + 2] & 0xff) << 8)
        | (data[at + 3] & 0xff);
  }
}
