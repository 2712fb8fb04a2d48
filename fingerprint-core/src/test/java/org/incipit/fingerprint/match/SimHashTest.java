package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class SimHashTest {
  @Test
  void knownHashesComeOut() {
    assertEquals(17249, SimHash.of(Fingerprint.ofId(1, 19681, 22345, 312312, 453425)));
    assertEquals(
        (int) 3732003127L,
        SimHash.of(
            Fingerprint.ofId(
                1,
                (int) 3740390231L,
                (int) 3739276119L,
                (int) 3730871573L,
                (int) 3743460629L,
                (int) 3743525173L,
                (int) 3744594229L,
                (int) 3727948087L,
                1584920886,
                1593302326,
                1593295926,
                1584907318)));
    assertEquals(627964279, SimHash.of(Fingerprint.ofId(1, 627964279, 627964279, 627964279)));
  }

  @Test
  void anEmptyFingerprintHasHashZero() {
    assertEquals(0, SimHash.of(Fingerprint.ofId(1)));
  }

  @Test
  void aBitNeedsMoreThanHalfTheItems() {
    assertEquals(0b001, SimHash.of(new int[] {0b111, 0b011, 0b001, 0b001}, 0, 4));
    assertEquals(0b011, SimHash.of(new int[] {0b111, 0b011, 0b001}, 0, 3));
  }

  @Test
  void onlyTheRangeVotes() {
    int[] items = {-1, -1, 6, 6, 6, -1, -1};
    assertEquals(6, SimHash.of(items, 2, 5));
    assertThrows(IndexOutOfBoundsException.class, () -> SimHash.of(items, 2, 8));
    assertThrows(IndexOutOfBoundsException.class, () -> SimHash.of(items, -1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> SimHash.of(items, 3, 2));
  }

  @Test
  void theDistanceCountsBits() {
    assertEquals(0, SimHash.distance(-5, -5));
    assertEquals(32, SimHash.distance(0, -1));
    assertEquals(2, SimHash.distance(0b1001, 0b0101));
  }
}
