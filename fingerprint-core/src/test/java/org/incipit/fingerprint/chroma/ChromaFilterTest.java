package org.incipit.fingerprint.chroma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChromaFilterTest {
  private final List<double[]> out = new ArrayList<>();

  @Test
  void twoEqualTapsGiveTheMeanOfNeighbours() {
    filter(3, 0.5, 0.5);
    assertEquals(2, out.size());
    assertFirstColumns(0.5, 5.5, out.get(0));
    assertFirstColumns(1.5, 6.5, out.get(1));
  }

  @Test
  void threeTapsWeighEveryRow() {
    filter(4, 0.5, 0.7, 0.5);
    assertEquals(2, out.size());
    assertFirstColumns(1.7, 10.2, out.get(0));
    assertFirstColumns(3.4, 11.9, out.get(1));
  }

  @Test
  void theFirstCoefficientBelongsToTheOldestRow() {
    filter(3, 1.0, -1.0);
    assertEquals(2, out.size());
    assertFirstColumns(-1.0, -1.0, out.get(0));
    assertFirstColumns(-1.0, -1.0, out.get(1));
  }

  @Test
  void theFilterOfTheFingerprintNeedsFiveRows() {
    ChromaFilter filter = new ChromaFilter(row -> out.add(row.clone()));
    for (int t = 0; t < 4; t++) {
      filter.row(row(t));
    }
    assertEquals(0, out.size());
    filter.row(row(4));
    assertFirstColumns(0.25 * 0 + 0.75 * 1 + 2 + 0.75 * 3 + 0.25 * 4, 21.0, out.get(0));
  }

  @Test
  void resetForgetsTheRowsBefore() {
    ChromaFilter filter = new ChromaFilter(row -> out.add(row.clone()));
    for (int t = 0; t < 7; t++) {
      filter.row(row(100 + t));
    }
    filter.reset();
    out.clear();
    for (int t = 0; t < 5; t++) {
      filter.row(row(t));
    }
    assertEquals(1, out.size());
    assertFirstColumns(6.0, 21.0, out.get(0));
  }

  private void filter(int rows, double... coefficients) {
    ChromaFilter filter = new ChromaFilter(coefficients, row -> out.add(row.clone()));
    for (int t = 0; t < rows; t++) {
      filter.row(row(t));
    }
  }

  private static double[] row(int t) {
    double[] row = new double[12];
    row[0] = t;
    row[1] = 5 + t;
    return row;
  }

  private static void assertFirstColumns(double first, double second, double[] row) {
    assertArrayEquals(new double[] {first, second}, new double[] {row[0], row[1]}, 1e-12);
  }
}
