package org.incipit.fingerprint.match;

/** A moving average over a fixed number of values, mirrored at the ends by {@link Reflection}. */
final class BoxFilter {
  private BoxFilter() {}

  /**
   * Sets {@code output[k]} to the mean of the {@code width} values from {@code input[k - width /
   * 2]} on.
   *
   * @param output as long as {@code input}, and another array
   * @param width at least 1
   */
  static void apply(float[] input, float[] output, int width) {
    int size = input.length;
    if (size == 0) {
      return;
    }
    int oldest = -(width / 2);
    float sum = 0;
    for (int i = 0; i < width; i++) {
      sum += input[Reflection.index(oldest + i, size)];
    }
    for (int k = 0; k < size; k++) {
      output[k] = sum / width;
      sum += input[Reflection.index(oldest + width, size)] - input[Reflection.index(oldest, size)];
      oldest++;
    }
  }
}
