package org.incipit.fingerprint.chroma;

/** Scales each row to Euclidean length one; rows that are next to silence become zero. */
public final class ChromaNormalizer implements ChromaSink {
  private static final double SILENCE = 0.01;

  private final double[] result = new double[ChromaFolder.CLASSES];
  private final ChromaSink next;

  public ChromaNormalizer(ChromaSink next) {
    this.next = next;
  }

  @Override
  public void row(double[] row) {
    double squares = 0.0;
    for (double value : row) {
      squares += value * value;
    }
    double norm = squares > 0.0 ? Math.sqrt(squares) : 0.0;
    boolean silent = norm < SILENCE;
    for (int i = 0; i < ChromaFolder.CLASSES; i++) {
      // A division, not a product with 1/norm: the rounding is part of the result.
      result[i] = silent ? 0.0 : row[i] / norm;
    }
    next.row(result);
  }
}
