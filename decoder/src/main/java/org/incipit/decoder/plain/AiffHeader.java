package org.incipit.decoder.plain;

import java.io.IOException;
import org.incipit.decoder.audio.DecodeException;
import org.jspecify.annotations.Nullable;

/** Reads the chunks of an AIFF or AIFF-C file up to its samples. */
final class AiffHeader {
  private static final int COMM_SHORTEST = 18;
  private static final int COMM_WITH_CODEC = 22;
  private static final int SSND_SHORTEST = 8;

  /** The kind of channel description that is a mask, as in WAVE files. */
  private static final long CHANNEL_MASK = 0x10000;

  /** What to add to the exponent of an 80-bit number whose mantissa is read as an integer. */
  private static final int EXPONENT_BIAS = 16383 + 63;

  private final ByteInput in;
  private boolean compressed;
  private @Nullable SampleEncoding encoding;
  private int channels;
  private int mask;
  private int sampleRate;
  private long frames;

  /**
   * @param in behind the file's first four bytes
   */
  AiffHeader(ByteInput in) {
    this.in = in;
    in.bigEndian(true);
  }

  /** Reads on to the first sample. */
  PlainStream read() throws IOException {
    in.u32();
    String form = in.tag();
    compressed = form.equals("AIFC");
    if (!compressed && !form.equals("AIFF")) {
      throw in.malformed("an IFF file that is not AIFF");
    }
    while (true) {
      String tag = in.tag();
      long size = in.u32();
      long start = in.position();
      switch (tag) {
        case "COMM" -> {
          if (encoding == null) {
            common(size);
          }
        }
        case "CHAN" -> {
          if (size >= 8) {
            mask = in.u32() == CHANNEL_MASK ? (int) in.u32() : 0;
          }
        }
        case "SSND" -> {
          return samples(size);
        }
        default -> {}
      }
      in.skipTo(start + size + size % 2);
    }
  }

  private void common(long size) throws IOException {
    if (size < COMM_SHORTEST) {
      throw in.malformed("COMM chunk of " + size + " bytes");
    }
    channels = in.u16();
    frames = in.u32();
    int bits = in.u16();
    int exponent = in.u16();
    long mantissa = in.u64();
    double rate =
        Math.rint(Math.scalb((mantissa >>> 1) * 2.0 + (mantissa & 1), exponent - EXPONENT_BIAS));
    String codec = compressed && size >= COMM_WITH_CODEC ? in.tag() : "NONE";
    if (channels == 0 || channels > PlainStream.MAX_CHANNELS) {
      throw in.malformed(channels + " channels");
    }
    if (!(rate >= 1 && rate <= Integer.MAX_VALUE)) {
      throw in.malformed("sample rate " + rate + " Hz");
    }
    sampleRate = (int) rate;
    encoding = encoding(codec, Math.max(bits, 1));
  }

  private SampleEncoding encoding(String codec, int bits) throws DecodeException {
    int bytes = (bits + 7) / 8;
    return switch (codec) {
      case "NONE", "twos", "in24", "in32" -> integer(bytes, true);
      case "sowt" -> integer(bytes, false);
      case "raw " -> new SampleEncoding(SampleEncoding.Kind.UNSIGNED, 1, true);
      case "fl32", "FL32" -> new SampleEncoding(SampleEncoding.Kind.FLOAT, 4, true);
      case "fl64", "FL64" -> new SampleEncoding(SampleEncoding.Kind.FLOAT, 8, true);
      case "ulaw", "ULAW" -> new SampleEncoding(SampleEncoding.Kind.MU_LAW, 1, true);
      case "alaw", "ALAW" -> new SampleEncoding(SampleEncoding.Kind.A_LAW, 1, true);
      default -> throw in.undecodable("no decoder for AIFF-C codec " + printable(codec));
    };
  }

  private SampleEncoding integer(int bytes, boolean bigEndian) throws DecodeException {
    if (bytes > 4) {
      throw in.undecodable("PCM of " + 8 * bytes + " bits");
    }
    return new SampleEncoding(SampleEncoding.Kind.SIGNED, bytes, bigEndian);
  }

  private static String printable(String codec) {
    return codec.replaceAll("[^ -~]", "?");
  }

  private PlainStream samples(long size) throws IOException {
    if (encoding == null) {
      throw in.malformed("sound data before its COMM chunk");
    }
    if (size < SSND_SHORTEST) {
      throw in.malformed("SSND chunk of " + size + " bytes");
    }
    long offset = in.u32();
    in.u32();
    long bytes = Math.max(size - SSND_SHORTEST - offset, 0);
    in.skipTo(in.position() + offset);
    return new PlainStream(encoding, sampleRate, ChannelLayout.of(channels, mask), bytes, frames);
  }
}
