package org.incipit.fingerprint.chroma;

/** Smooths each pitch class over five rows in time; nothing comes out before the fifth. */
public final class ChromaFilter implements ChromaSink {
  private static final double[] OLDEST_FIRST = {0.25, 0.75, 1.0, 0.75, 0.25};

  private final double[] coefficients;
  private final double[][] rows;
  private final double[] result = new double[ChromaFolder.CLASSES];
  private final ChromaSink next;
  private int oldest;
  private int seen;

  public ChromaFilter(ChromaSink next) {
    this(OLDEST_FIRST, next);
  }

  ChromaFilter(double[] coefficients, ChromaSink next) {
    this.coefficients = coefficients;
    this.rows = new double[coefficients.length][ChromaFolder.CLASSES];
    this.next = next;
  }

  /** Forgets all rows. */
  public void reset() {
    oldest = 0;
    seen = 0;
  }

  @Override
  public void row(double[] row) {
    int taps = rows.length;
    System.arraycopy(row, 0, rows[oldest], 0, ChromaFolder.CLASSES);
    oldest = oldest + 1 == taps ? 0 : oldest + 1;
    if (seen < taps && ++seen < taps) {
      return;
    }
    for (int pitchClass = 0; pitchClass < ChromaFolder.CLASSES; pitchClass++) {
      double sum = 0.0;
      int at = oldest;
      for (double coefficient : coefficients) {
        sum += rows[at][pitchClass] * coefficient;
        at = at + 1 == taps ? 0 : at + 1;
      }
      result[pitchClass] = sum;
    }
    next.row(result);
  }
}
