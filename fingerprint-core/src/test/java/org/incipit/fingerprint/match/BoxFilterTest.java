package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxFilterTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  private static float[] filtered(int width, float... input) {
    float[] output = new float[input.length];
    BoxFilter.apply(input, output, width);
    return output;
  }

  @Test
  void theMeanIsOverTheWidthAroundEachValue() {
    assertArrayEquals(new float[] {1, 2, 4}, filtered(1, 1, 2, 4), 1e-6f);
    assertArrayEquals(new float[] {1, 1.5f, 3}, filtered(2, 1, 2, 4), 1e-6f);
    assertArrayEquals(new float[] {4 / 3f, 7 / 3f, 10 / 3f}, filtered(3, 1, 2, 4), 1e-6f);
    assertArrayEquals(new float[] {1.5f, 2, 2.75f}, filtered(4, 1, 2, 4), 1e-6f);
    assertArrayEquals(new float[] {2, 2.4f, 2.6f}, filtered(5, 1, 2, 4), 1e-6f);
  }

  @Test
  void nothingComesOfNothing() {
    assertArrayEquals(new float[0], filtered(3));
  }

  @Test
  void theRunningSumIsTheSumOfEachWindow() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      float[] input = new float[1 + random.nextInt(40)];
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextInt(33);
      }
      int width = 1 + random.nextInt(50);
      float[] expected = new float[input.length];
      for (int k = 0; k < input.length; k++) {
        for (int i = 0; i < width; i++) {
          expected[k] += input[Reflection.index(k - width / 2 + i, input.length)];
        }
        expected[k] /= width;
      }
      assertArrayEquals(expected, filtered(width, input), "seed " + SEED);
    }
  }
}
