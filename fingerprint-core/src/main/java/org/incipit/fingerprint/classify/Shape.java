package org.incipit.fingerprint.classify;

/**
 * How a classifier divides its rectangle of the image into two parts, {@code bright} and {@code
 * dark}, and compares their sums. {@code time} runs along the rows, {@code pitch} along the
 * columns.
 */
enum Shape {
  /** Everything against nothing. */
  WHOLE,
  /** The upper pitches against the lower ones. */
  PITCH_HALVES,
  /** The later half against the earlier one. */
  TIME_HALVES,
  /** Two opposite quarters against the other two. */
  QUARTERS,
  /** The middle third of the pitches against the outer two. */
  PITCH_THIRDS,
  /** The middle third in time against the outer two. */
  TIME_THIRDS;

  /** The comparison for a rectangle from row {@code x} on and column {@code y} on. */
  double value(RollingImage image, long x, int y, int height, int width) {
    long end = x + width;
    int top = y + height;
    double bright;
    double dark;
    switch (this) {
      case WHOLE -> {
        bright = image.area(x, y, end, top);
        dark = 0.0;
      }
      case PITCH_HALVES -> {
        int middle = y + height / 2;
        bright = image.area(x, middle, end, top);
        dark = image.area(x, y, end, middle);
      }
      case TIME_HALVES -> {
        long middle = x + width / 2;
        bright = image.area(middle, y, end, top);
        dark = image.area(x, y, middle, top);
      }
      case QUARTERS -> {
        long middleRow = x + width / 2;
        int middleColumn = y + height / 2;
        bright =
            image.area(x, middleColumn, middleRow, top)
                + image.area(middleRow, y, end, middleColumn);
        dark =
            image.area(x, y, middleRow, middleColumn)
                + image.area(middleRow, middleColumn, end, top);
      }
      case PITCH_THIRDS -> {
        int third = height / 3;
        bright = image.area(x, y + third, end, y + 2 * third);
        dark = image.area(x, y, end, y + third) + image.area(x, y + 2 * third, end, top);
      }
      case TIME_THIRDS -> {
        long third = width / 3;
        bright = image.area(x + third, y, x + 2 * third, top);
        dark = image.area(x, y, x + third, top) + image.area(x + 2 * third, y, end, top);
      }
      default -> throw new AssertionError(this);
    }
    return Math.log((1.0 + bright) / (1.0 + dark));
  }
}
