package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class GradientTest {
  private static float[] gradient(float... signal) {
    Gradient.apply(signal);
    return signal;
  }

  @Test
  void eachValueBecomesTheSlopeThroughItsNeighbours() {
    assertArrayEquals(new float[] {}, gradient());
    assertArrayEquals(new float[] {0}, gradient(1));
    assertArrayEquals(new float[] {1, 1}, gradient(1, 2));
    assertArrayEquals(new float[] {1, 1.5f, 2}, gradient(1, 2, 4));
    assertArrayEquals(new float[] {1, 1.5f, 4, 6}, gradient(1, 2, 4, 10));
    assertArrayEquals(new float[] {-1, -1.5f, -4, -6}, gradient(-1, -2, -4, -10));
  }
}
