package org.incipit.fingerprint.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingImageTest {
  @Test
  void areasStayRightAfterTheImageHasRolled() {
    RollingImage image = new RollingImage(3, 4);
    for (int t = 0; t < 6; t++) {
      image.addRow(new double[] {3 * t + 1, 3 * t + 2, 3 * t + 3});
    }
    assertEquals(6, image.rows());
    assertEquals(150.0, image.area(2, 0, 6, 3));
    assertEquals(7.0, image.area(2, 0, 3, 1));
    assertEquals(18.0, image.area(5, 2, 6, 3));
    assertEquals(11.0 + 12.0 + 14.0 + 15.0, image.area(3, 1, 5, 3));
  }

  @Test
  void anEmptyRectangleHasNoArea() {
    RollingImage image = new RollingImage(3, 4);
    image.addRow(new double[] {1, 2, 3});
    assertEquals(0.0, image.area(0, 0, 0, 3));
    assertEquals(0.0, image.area(0, 2, 1, 2));
  }

  @Test
  void everyAreaOfALongStreamIsTheSumOfItsCells() {
    long seed = Long.getLong("tests.seed", 11);
    Random random = new Random(seed);
    int rows = 5000;
    double[][] cells = new double[rows][12];
    RollingImage image = new RollingImage(12, 16);
    for (int t = 0; t < rows; t++) {
      for (int c = 0; c < 12; c++) {
        cells[t][c] = random.nextDouble();
      }
      image.addRow(cells[t]);
      if (t < 16) {
        continue;
      }
      int row1 = t - 15 + random.nextInt(16);
      int row2 = row1 + random.nextInt(t + 2 - row1);
      int column1 = random.nextInt(12);
      int column2 = column1 + random.nextInt(13 - column1);
      double expected = 0;
      for (int r = row1; r < row2; r++) {
        for (int c = column1; c < column2; c++) {
          expected += cells[r][c];
        }
      }
      assertEquals(
          expected, image.area(row1, column1, row2, column2), 1e-8, "seed " + seed + " row " + t);
    }
  }
}
