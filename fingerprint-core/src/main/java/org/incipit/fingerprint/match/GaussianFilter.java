package org.incipit.fingerprint.match;

/** Smooths with very nearly a Gaussian: several passes of {@link BoxFilter}, of two odd widths. */
final class GaussianFilter {
  private final int passes;
  private final int narrow;
  private final int narrowPasses;

  /**
   * @param sigma standard deviation of the Gaussian, in values
   * @param passes how many box filters stand for it
   */
  GaussianFilter(double sigma, int passes) {
    this.passes = passes;
    // The variance of a box of width w is (w² - 1) / 12. The ideal width lies between two odd ones;
    // so many passes are narrow that the variances of all passes add up to sigma² as nearly as can
    // be.
    double sum = 12 * sigma * sigma;
    int ideal = (int) Math.sqrt(sum / passes + 1);
    narrow = ideal % 2 == 0 ? ideal - 1 : ideal;
    narrowPasses =
        (int)
            Math.round((sum - passes * (narrow * narrow + 4.0 * narrow + 3)) / (-4.0 * narrow - 4));
  }

  /** The smoothed signal, in a new array. */
  float[] apply(float[] signal) {
    float[] from = signal.clone();
    float[] to = new float[signal.length];
    for (int pass = 0; pass < passes; pass++) {
      BoxFilter.apply(from, to, pass < narrowPasses ? narrow : narrow + 2);
      float[] written = to;
      to = from;
      from = written;
    }
    return from;
  }
}
