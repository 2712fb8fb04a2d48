package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberTheoreticTransformTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);
  private static final int PRIME = NumberTheoreticTransform.PRIME;

  @Test
  void theWayBackMirrors() {
    Random random = new Random(SEED);
    for (int size = 1; size <= 1 << 14; size *= 2) {
      int[] values = random.ints(size, 0, PRIME).toArray();
      values[0] = PRIME - 1;
      int[] mirrored = new int[size];
      for (int k = 0; k < size; k++) {
        mirrored[-k & (size - 1)] = values[k];
      }
      NumberTheoreticTransform transform = new NumberTheoreticTransform(size);
      transform.forward(values);
      transform.backwardMirrored(values);
      assertArrayEquals(mirrored, values, size + " values, seed " + SEED);
    }
  }

  @Test
  void productsOfTransformsAreConvolutions() {
    Random random = new Random(SEED);
    int size = 256;
    int[] x = random.ints(size, 0, PRIME).toArray();
    int[] y = random.ints(size, 0, PRIME).toArray();
    int[] expected = new int[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int at = -(i + j) & (size - 1);
        expected[at] = (int) ((expected[at] + (long) x[i] * y[j]) % PRIME);
      }
    }
    NumberTheoreticTransform transform = new NumberTheoreticTransform(size);
    transform.forward(x);
    transform.forward(y);
    for (int k = 0; k < size; k++) {
      x[k] = (int) ((long) x[k] * y[k] % PRIME);
    }
    transform.backwardMirrored(x);
    assertArrayEquals(expected, x, "seed " + SEED);
  }

  @Test
  void theLargestValuesDoNotOverflow() {
    int size = 1024;
    int[] values = new int[size];
    Arrays.fill(values, PRIME - 1);
    NumberTheoreticTransform transform = new NumberTheoreticTransform(size);
    transform.forward(values);
    // The transform of a constant: its sum, -size, and nothing else.
    assertEquals(PRIME - size, values[0]);
    assertArrayEquals(new int[size - 1], Arrays.copyOfRange(values, 1, size));
  }

  @Test
  void sizesThatArePowersOfTwoAreTakenOnly() {
    for (int size : new int[] {0, -8, 3, 1000, 1 << 24, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> new NumberTheoreticTransform(size));
    }
  }
}
