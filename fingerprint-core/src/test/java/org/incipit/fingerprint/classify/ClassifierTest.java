package org.incipit.fingerprint.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final double[][] SQUARE = {{1, 2, 3}, {3, 4, 5}, {6, 7, 8}};

  @Test
  void aWholeRectangleIsComparedWithNothing() {
    double[][] twoRows = {{0, 1}, {2, 3}};
    assertEquals(0.0, value(Shape.WHOLE, twoRows, 0, 0, 1, 1));
    assertEquals(Math.log(3.0), value(Shape.WHOLE, twoRows, 1, 0, 1, 1), 1e-12);
    assertEquals(
        Math.log(1 + 28.0),
        value(Shape.WHOLE, new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 1, 1, 2, 2),
        1e-12);
  }

  @Test
  void pitchHalvesSetTheUpperAgainstTheLower() {
    // Two pitches: 2 + 4 above, 1 + 3 below.
    assertEquals(log(6, 4), value(Shape.PITCH_HALVES, SQUARE, 0, 0, 2, 2), 1e-12);
    // One pitch alone is all upper half.
    assertEquals(log(1, 0), value(Shape.PITCH_HALVES, SQUARE, 0, 0, 1, 1), 1e-12);
  }

  @Test
  void timeHalvesSetTheLaterAgainstTheEarlier() {
    assertEquals(log(3, 1), value(Shape.TIME_HALVES, SQUARE, 0, 0, 1, 2), 1e-12);
    assertEquals(log(7, 3), value(Shape.TIME_HALVES, SQUARE, 0, 0, 2, 2), 1e-12);
    assertEquals(log(12, 6), value(Shape.TIME_HALVES, SQUARE, 0, 0, 3, 2), 1e-12);
  }

  @Test
  void quartersSetOppositeCornersAgainstEachOther() {
    double[][] cells = {{1, 2.1, 3.4}, {3.1, 4.1, 5.1}, {6, 7.1, 8}};
    assertEquals(log(2.1 + 3.1, 1 + 4.1), value(Shape.QUARTERS, cells, 0, 0, 2, 2), 1e-12);
    assertEquals(log(4.1 + 6, 3.1 + 7.1), value(Shape.QUARTERS, cells, 1, 0, 2, 2), 1e-12);
    assertEquals(log(3.4 + 4.1, 2.1 + 5.1), value(Shape.QUARTERS, cells, 0, 1, 2, 2), 1e-12);
  }

  @Test
  void pitchThirdsSetTheMiddleAgainstTheOuter() {
    assertEquals(log(13, 26), value(Shape.PITCH_THIRDS, SQUARE, 0, 0, 3, 3), 1e-12);
  }

  @Test
  void timeThirdsSetTheMiddleAgainstTheOuter() {
    assertEquals(log(12, 27), value(Shape.TIME_THIRDS, SQUARE, 0, 0, 3, 3), 1e-12);
  }

  @Test
  void theLogarithmCompares() {
    assertEquals(0.4054651, log(2, 1), 1e-7);
  }

  @Test
  void aThresholdBelongsToTheRangeAboveIt() {
    Classifier classifier = new Classifier(Shape.WHOLE, 0, 1, 1, 0.0, 0.1, 0.3);
    double[] values = {-0.1, 0, 0.03, 0.1, 0.13, 0.3, 0.33, 1000};
    int[] ranges = {0, 1, 1, 2, 2, 3, 3, 3};
    for (int i = 0; i < values.length; i++) {
      assertEquals(ranges[i], classifier.quantize(values[i]), "value " + values[i]);
    }
  }

  @Test
  void theBitsAreTheGrayCodeOfTheRange() {
    RollingImage image = image(new double[][] {{1.0}});
    double value = Math.log(2.0);
    assertEquals(0b00, new Classifier(Shape.WHOLE, 0, 1, 1, 1, 2, 3).bits(image, 0));
    assertEquals(0b01, new Classifier(Shape.WHOLE, 0, 1, 1, value, 2, 3).bits(image, 0));
    assertEquals(0b11, new Classifier(Shape.WHOLE, 0, 1, 1, 0, value, 3).bits(image, 0));
    assertEquals(0b10, new Classifier(Shape.WHOLE, 0, 1, 1, 0, 0, value).bits(image, 0));
  }

  private static double log(double bright, double dark) {
    return Math.log((1 + bright) / (1 + dark));
  }

  private static double value(Shape shape, double[][] cells, int x, int y, int height, int width) {
    return shape.value(image(cells), x, y, height, width);
  }

  private static RollingImage image(double[][] cells) {
    RollingImage image = new RollingImage(cells[0].length, 4);
    for (double[] row : cells) {
      image.addRow(row);
    }
    return image;
  }
}
