package org.incipit.fingerprint.chroma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ChromaNormalizerTest {
  @Test
  void aRowKeepsItsDirectionAndGetsLengthOne() {
    double[] row = normalize(3.0, 0.0, 4.0);
    assertArrayEquals(new double[] {0.6, 0.0, 0.8}, new double[] {row[0], row[1], row[2]}, 0.0);
  }

  @Test
  void aRowNextToSilenceBecomesZero() {
    assertArrayEquals(new double[12], normalize(0.0, 0.001, 0.002, 0.003));
  }

  @Test
  void aRowJustAboveTheLimitIsScaledUp() {
    double[] row = normalize(0.01);
    assertArrayEquals(new double[] {1.0}, new double[] {row[0]});
  }

  @Test
  void zeroStaysZero() {
    assertArrayEquals(new double[12], normalize());
  }

  private static double[] normalize(double... first) {
    double[] row = new double[12];
    System.arraycopy(first, 0, row, 0, first.length);
    double[] result = new double[12];
    new ChromaNormalizer(out -> System.arraycopy(out, 0, result, 0, 12)).row(row);
    return result;
  }
}
