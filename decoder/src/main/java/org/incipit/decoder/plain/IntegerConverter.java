package org.incipit.decoder.plain;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Samples of at most 16 bits to mono at 11 025 Hz, in integers. */
final class IntegerConverter extends MonoConverter {
  private final SampleEncoding encoding;
  private final int sourceChannels;
  private final MonoMatrix matrix;
  private final short[] interleaved;
  private final int[][] planesIn;
  private final int[][] planesOut;

  private IntegerConverter(
      SampleEncoding encoding,
      int sourceChannels,
      MonoMatrix matrix,
      @Nullable IntegerResampler resampler,
      int block) {
    super(resampler, block);
    this.encoding = encoding;
    this.sourceChannels = sourceChannels;
    this.matrix = matrix;
    interleaved = new short[block * sourceChannels];
    planesIn = resampler != null ? resampler.window : new int[matrix.planes()][block];
    planesOut = resampler != null ? resampler.output : planesIn;
  }

  /**
   * @param gains of every channel
   * @param block most frames that come at once
   */
  static IntegerConverter of(SampleEncoding encoding, int sampleRate, double[] gains, int block) {
    MonoMatrix matrix = new MonoMatrix(gains);
    IntegerResampler resampler =
        sampleRate == FilterBank.OUTPUT_RATE
            ? null
            : new IntegerResampler(new FilterBank(sampleRate), matrix.planes(), block);
    return new IntegerConverter(encoding, gains.length, matrix, resampler, block);
  }

  @Override
  void decode(ByteBuffer frames, int count) {
    encoding.toShorts(frames, interleaved, count * sourceChannels);
  }

  @Override
  void split(int from, int count, int at) {
    matrix.split(interleaved, from, count, planesIn, at);
  }

  @Override
  void mix(int count, short[] into, int offset) {
    matrix.mix(planesOut, count, into, offset);
  }
}
