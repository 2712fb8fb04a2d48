package org.incipit.decoder.plain;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Samples of more than 16 bits to mono at 11 025 Hz, in floating point, rounded to 16 bits at the
 * end. Those of 64 bits are treated in double precision, others in single.
 */
final class FloatConverter extends MonoConverter {
  private final SampleEncoding encoding;
  private final int sourceChannels;
  private final boolean single;
  private final MonoMatrix matrix;
  private final double[] interleaved;
  private final double[][] planesIn;
  private final double[][] planesOut;

  private FloatConverter(
      SampleEncoding encoding,
      int sourceChannels,
      boolean single,
      MonoMatrix matrix,
      @Nullable FloatResampler resampler,
      int block) {
    super(resampler, block);
    this.encoding = encoding;
    this.sourceChannels = sourceChannels;
    this.single = single;
    this.matrix = matrix;
    interleaved = new double[block * sourceChannels];
    planesIn = resampler != null ? resampler.window : new double[matrix.planes()][block];
    planesOut = resampler != null ? resampler.output : planesIn;
  }

  /**
   * @param gains of every channel
   * @param block most frames that come at once
   */
  static FloatConverter of(SampleEncoding encoding, int sampleRate, double[] gains, int block) {
    boolean single = encoding.decodedBits() <= 32;
    MonoMatrix matrix = new MonoMatrix(gains);
    FloatResampler resampler =
        sampleRate == FilterBank.OUTPUT_RATE
            ? null
            : new FloatResampler(new FilterBank(sampleRate), single, matrix.planes(), block);
    return new FloatConverter(encoding, gains.length, single, matrix, resampler, block);
  }

  @Override
  void decode(ByteBuffer frames, int count) {
    encoding.toDoubles(frames, interleaved, count * sourceChannels);
  }

  @Override
  void split(int from, int count, int at) {
    matrix.split(interleaved, from, count, planesIn, at);
  }

  @Override
  void mix(int count, short[] into, int offset) {
    matrix.mix(planesOut, count, single, into, offset);
  }
}
