package org.incipit.decoder.plain;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.incipit.decoder.audio.DecodeException;
import org.jspecify.annotations.Nullable;

/** Reads the chunks of a WAVE file up to its samples. */
final class WavHeader {
  private static final int PCM = 1;
  private static final int IEEE_FLOAT = 3;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;
  private static final int EXTENSIBLE = 0xfffe;

  /** What follows the codec number in the sub-format of an extensible format. */
  private static final byte[] SUB_FORMAT = HexFormat.of().parseHex("000000001000800000aa00389b71");

  private static final int FMT_SHORTEST = 14;
  private static final int FMT_WITH_BITS = 16;
  private static final int FMT_EXTENSIBLE = 40;
  private static final int DS64_SHORTEST = 24;

  /** The size of a chunk whose writer did not know it. */
  private static final long UNKNOWN = 0xffffffffL;

  private final ByteInput in;
  private final boolean large;
  private @Nullable SampleEncoding encoding;
  private @Nullable ChannelLayout layout;
  private int sampleRate;
  private long largeDataBytes = UNKNOWN;
  private long stated;

  /**
   * @param in behind the file's first four bytes
   * @param tag these bytes
   */
  WavHeader(ByteInput in, String tag) {
    this.in = in;
    in.bigEndian(tag.equals("RIFX"));
    large = tag.equals("RF64") || tag.equals("BW64");
  }

  /** Whether a file that begins with these four bytes is for this class. */
  static boolean isTag(String tag) {
    return tag.equals("RIFF") || tag.equals("RIFX") || tag.equals("RF64") || tag.equals("BW64");
  }

  /**
   * Reads on to the first sample.
   *
   * @param fileBytes length of the whole file, or -1
   */
  PlainStream read(long fileBytes) throws IOException {
    in.u32();
    if (!in.tag().equals("WAVE")) {
      throw in.malformed("a RIFF file that is not WAVE");
    }
    while (true) {
      String tag = in.tag();
      long size = in.u32();
      long end = in.position() + size + size % 2;
      if (tag.equals("data")) {
        return data(size, fileBytes);
      }
      if (tag.equals("fmt ") && encoding == null) {
        format(size);
      } else if (tag.equals("ds64") && size >= DS64_SHORTEST) {
        in.u64();
        largeDataBytes = in.u64();
        stated = in.u64();
      } else if (tag.equals("fact") && size >= 4 && !large) {
        stated = in.u32();
      }
      in.skipTo(end);
    }
  }

  private void format(long size) throws IOException {
    if (size < FMT_SHORTEST) {
      throw in.malformed("fmt chunk of " + size + " bytes");
    }
    int codec = in.u16();
    int channels = in.u16();
    long rate = in.u32();
    in.u32();
    int frameBytes = in.u16();
    int bits = size >= FMT_WITH_BITS ? in.u16() : 8;
    int mask = 0;
    if (codec == EXTENSIBLE && size >= FMT_EXTENSIBLE) {
      // The count of bytes that follow, and how many bits of a sample are in use.
      in.u32();
      mask = (int) in.u32();
      int subCodec = in.u16();
      codec = Arrays.equals(in.bytes(SUB_FORMAT.length), SUB_FORMAT) ? subCodec : EXTENSIBLE;
    }
    if (channels == 0 || channels > PlainStream.MAX_CHANNELS) {
      throw in.malformed(channels + " channels");
    }
    if (rate == 0 || rate > Integer.MAX_VALUE) {
      throw in.malformed("sample rate " + rate + " Hz");
    }
    sampleRate = (int) rate;
    layout = ChannelLayout.of(channels, mask);
    encoding = encoding(codec, bits, frameBytes % channels == 0 ? frameBytes / channels : 0);
  }

  /**
   * @param sampleBytes of a sample by the size of a frame, 0 if that is none
   */
  private SampleEncoding encoding(int codec, int bits, int sampleBytes) throws DecodeException {
    boolean bigEndian = in.isBigEndian();
    int least = (bits + 7) / 8;
    // Samples of odd widths lie in the upper bits of what the frame has room for.
    int bytes = sampleBytes >= least && sampleBytes <= 8 ? sampleBytes : least;
    return switch (codec) {
      case A_LAW -> new SampleEncoding(SampleEncoding.Kind.A_LAW, 1, bigEndian);
      case MU_LAW -> new SampleEncoding(SampleEncoding.Kind.MU_LAW, 1, bigEndian);
      case PCM -> {
        if (bits > 0 && (bytes <= 4 || bytes == 8)) {
          var kind = bytes == 1 ? SampleEncoding.Kind.UNSIGNED : SampleEncoding.Kind.SIGNED;
          yield new SampleEncoding(kind, bytes, bigEndian);
        }
        throw in.undecodable("PCM of " + bits + " bits");
      }
      case IEEE_FLOAT -> {
        if (bits == 32 || bits == 64) {
          yield new SampleEncoding(SampleEncoding.Kind.FLOAT, bits / 8, bigEndian);
        }
        throw in.undecodable("floating point of " + bits + " bits");
      }
      default -> throw in.undecodable("no decoder for WAVE codec 0x" + Integer.toHexString(codec));
    };
  }

  private PlainStream data(long size, long fileBytes) throws DecodeException {
    if (encoding == null || layout == null) {
      throw in.malformed("data chunk before any fmt chunk");
    }
    long bytes = large ? largeDataBytes : size;
    boolean told = bytes != 0 && bytes != UNKNOWN;
    if (bytes < 0) {
      throw in.malformed("data of 2^63 bytes or more");
    }
    return new PlainStream(
        encoding,
        sampleRate,
        layout,
        told ? bytes : PlainStream.UNTIL_END,
        frames(told ? bytes : PlainStream.UNTIL_END, fileBytes, encoding, layout));
  }

  /** The sizes are believed if the file has them, then the count, then the file's own size. */
  private long frames(
      long dataBytes, long fileBytes, SampleEncoding encoding, ChannelLayout layout) {
    int frameBytes = encoding.bytes() * layout.channels();
    long rest = fileBytes - in.position();
    if (fileBytes >= 0 && dataBytes <= rest) {
      return dataBytes / frameBytes;
    }
    if (stated > 0
        && (dataBytes == PlainStream.UNTIL_END
            || dataBytes / stated / layout.channels() <= encoding.bytes())) {
      return stated;
    }
    return fileBytes >= 0 && rest > 0
        ? PlainStream.nearestFrames(rest, frameBytes)
        : PlainStream.UNKNOWN_FRAMES;
  }
}
