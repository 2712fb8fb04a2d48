package org.incipit.decoder.plain;

import java.io.IOException;

/** Reads the header of an AU file. */
final class AuHeader {
  private static final int LENGTH = 24;
  private static final long UNKNOWN = 0xffffffffL;

  private AuHeader() {}

  /**
   * Reads on to the first sample.
   *
   * @param in behind the file's first four bytes
   * @param fileBytes length of the whole file, or -1
   */
  static PlainStream read(ByteInput in, long fileBytes) throws IOException {
    in.bigEndian(true);
    long start = in.u32();
    long size = in.u32();
    SampleEncoding encoding = encoding(in, in.u32());
    long rate = in.u32();
    long channels = in.u32();
    if (channels == 0 || channels > PlainStream.MAX_CHANNELS) {
      throw in.malformed(channels + " channels");
    }
    if (rate == 0 || rate > Integer.MAX_VALUE) {
      throw in.malformed("sample rate " + rate + " Hz");
    }
    in.skipTo(Math.max(start, LENGTH));
    ChannelLayout layout = ChannelLayout.of((int) channels, 0);
    int frameBytes = encoding.bytes() * layout.channels();
    long frames;
    if (size != UNKNOWN) {
      frames = size / frameBytes;
    } else if (fileBytes >= 0) {
      frames = PlainStream.nearestFrames(Math.max(fileBytes - in.position(), 0), frameBytes);
    } else {
      frames = PlainStream.UNKNOWN_FRAMES;
    }
    // The size is for information: samples go on to the end of the file.
    return new PlainStream(encoding, (int) rate, layout, PlainStream.UNTIL_END, frames);
  }

  private static SampleEncoding encoding(ByteInput in, long number) throws IOException {
    return switch ((int) number) {
      case 1 -> new SampleEncoding(SampleEncoding.Kind.MU_LAW, 1, true);
      case 2, 3, 4, 5 -> new SampleEncoding(SampleEncoding.Kind.SIGNED, (int) number - 1, true);
      case 6 -> new SampleEncoding(SampleEncoding.Kind.FLOAT, 4, true);
      case 7 -> new SampleEncoding(SampleEncoding.Kind.FLOAT, 8, true);
      case 27 -> new SampleEncoding(SampleEncoding.Kind.A_LAW, 1, true);
      default -> throw in.undecodable("no decoder for AU encoding " + number);
    };
  }
}
