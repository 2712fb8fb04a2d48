package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AlgorithmTest {
  @Test
  void durationsAndDelaysAreThoseOfChromaprint() {
    assertNumbers(Algorithm.TEST1, 1365, 123, 28666, 2600);
    assertNumbers(Algorithm.TEST2, 1365, 123, 28666, 2600);
    assertNumbers(Algorithm.TEST3, 4096, 371, 77824, 7058);
    assertNumbers(Algorithm.TEST4, 1365, 123, 28666, 2600);
    assertNumbers(Algorithm.TEST5, 1024, 92, 20480, 1857);
  }

  @Test
  void theFirstItemNeedsDelayAndItemDuration() {
    assertFirstItemAt(Algorithm.TEST2, 30031);
    assertFirstItemAt(Algorithm.TEST3, 81920);
    assertFirstItemAt(Algorithm.TEST5, 21504);
  }

  @Test
  void anIdNamesItsAlgorithm() {
    for (Algorithm algorithm : Algorithm.values()) {
      assertSame(algorithm, Algorithm.of(algorithm.id()));
    }
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Algorithm.of(5));
    assertEquals("algorithm id must be 0..4 (got 5)", refused.getMessage());
  }

  private static void assertNumbers(
      Algorithm algorithm, int item, int itemMillis, int delay, int delayMillis) {
    assertEquals(item, algorithm.itemDuration());
    assertEquals(itemMillis, algorithm.itemDurationMillis());
    assertEquals(delay, algorithm.delay());
    assertEquals(delayMillis, algorithm.delayMillis());
  }

  private static void assertFirstItemAt(Algorithm algorithm, int samples) {
    assertEquals(0, algorithm.itemCount(samples - 1));
    assertEquals(1, algorithm.itemCount(samples));
    assertEquals(1, algorithm.itemCount(samples + algorithm.itemDuration() - 1));
    assertEquals(2, algorithm.itemCount(samples + algorithm.itemDuration()));
  }
}
