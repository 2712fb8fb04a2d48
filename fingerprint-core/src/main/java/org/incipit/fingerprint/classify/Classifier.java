package org.incipit.fingerprint.classify;

/**
 * Two bits about a rectangle of the image: its {@link Shape}'s comparison, cut into four ranges by
 * three thresholds. Neighbouring ranges differ in one bit (Gray code).
 *
 * @param shape how the rectangle is divided
 * @param y its first pitch class
 * @param height pitch classes
 * @param width rows in time
 * @param low threshold between the first and second range
 * @param middle between the second and third
 * @param high between the third and fourth
 */
record Classifier(
    Shape shape, int y, int height, int width, double low, double middle, double high) {
  /** The two bits for the rectangle that begins at row {@code x}. */
  int bits(RollingImage image, long x) {
    return grayCode(quantize(shape.value(image, x, y, height, width)));
  }

  /** The range 0..3 that the value falls into; a threshold belongs to the range above it. */
  int quantize(double value) {
    if (value < middle) {
      return value < low ? 0 : 1;
    }
    return value < high ? 2 : 3;
  }

  private static int grayCode(int range) {
    return range ^ (range >> 1);
  }
}
