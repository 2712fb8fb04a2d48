package org.incipit.fingerprint.match;

import java.util.Arrays;

/** Finds where a signal changes fastest. */
final class ChangePoints {
  private static final double MIN_SLOPE = 0.15;

  private ChangePoints() {}

  /**
   * The positions where the slope, whatever its sign, exceeds {@value #MIN_SLOPE} and both its
   * neighbours' (or equals them), in order. Neither end is one, and of two positions side by side
   * only the first is.
   */
  static int[] of(float[] slopes) {
    int[] points = new int[slopes.length];
    int count = 0;
    for (int k = 1; k < slopes.length - 1; k++) {
      float slope = Math.abs(slopes[k]);
      if (slope > MIN_SLOPE
          && slope >= Math.abs(slopes[k - 1])
          && slope >= Math.abs(slopes[k + 1])
          && (count == 0 || points[count - 1] + 1 < k)) {
        points[count++] = k;
      }
    }
    return Arrays.copyOf(points, count);
  }
}
