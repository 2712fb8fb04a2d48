package org.incipit.fingerprint.spectrum;

/**
 * A Fourier transform in plain Java that the JIT compiler's loop vectoriser can work on. With the
 * frame as 64 rows of 64 samples, sample n = 64·r + c and bin k = j + 64·m,
 *
 * <pre>
 *   X[k] = Σ_c e^(−2πi·cm/64) · ( e^(−2πi·cj/4096) · Σ_r x[64r + c]·e^(−2πi·rj/64) )
 * </pre>
 *
 * so that a {@link ColumnTransform} of 64 points and a {@link LaneTransform} of 64 points with a
 * transposition between them do it, and in each of the two, many equal transforms lie side by side.
 * The samples being real, only 33 of the 64 values of j are needed. Bin k of a frame of 2048 is bin
 * 2k of the same rows and columns.
 *
 * <p>What the vectoriser (C2's, JDK 17 to 25) wants, measured: one small job to a loop, since it
 * gives up beyond some sixty operations, so radix-4 steps are apart from the twiddle factors that
 * follow them; every array at the loop's index plus a constant, tables laid out like the data;
 * bounds that it knows to be small; a hundred rounds or more. Transposition and the last step,
 * which have none of this, stay scalar.
 *
 * <p>Errors stay below 1e-15 of the highest bin of the frame.
 */
final class VectorisedFft implements RealFft {
  private final ColumnTransform columns;
  private final LaneTransform lanes;

  VectorisedFft(int frameSize, int endBin) {
    if (frameSize != 4096 && frameSize != 2048) {
      throw new IllegalArgumentException("frameSize must be 4096 or 2048 (got " + frameSize + ")");
    }
    columns = new ColumnTransform(frameSize);
    lanes = new LaneTransform(frameSize, endBin);
  }

  @Override
  public void power(short[] samples, int from, double[] power) {
    lanes.power(columns.transform(samples, from), power);
  }
}
