package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReflectionTest {
  private static int[] indices(int from, int to, int size) {
    return IntStream.range(from, to).map(index -> Reflection.index(index, size)).toArray();
  }

  @Test
  void theOutermostValueCountsTwice() {
    // Of the values 1..9: 3 2 1 | 1 2, then 8 9 | 9 8.
    assertArrayEquals(new int[] {2, 1, 0, 0, 1}, indices(-3, 2, 9));
    assertArrayEquals(new int[] {7, 8, 8, 7}, indices(7, 11, 9));
  }

  @Test
  void shortSignalsAreMirroredAgainAndAgain() {
    assertArrayEquals(new int[] {1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0}, indices(-3, 8, 2));
    assertArrayEquals(new int[] {0, 0, 0, 0}, indices(-2, 2, 1));
  }

  @Test
  void itHasThePeriodOfTwiceTheSize() {
    for (int size = 1; size < 20; size++) {
      for (int index = -3 * size; index < 3 * size; index++) {
        assertEquals(
            Reflection.index(index, size),
            Reflection.index(index + 2 * size, size),
            "size " + size);
      }
    }
  }
}
