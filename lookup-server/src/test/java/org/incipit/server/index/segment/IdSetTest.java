package org.incipit.server.index.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdSetTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  /** Every id from the first to the last with these odds. */
  private static void check(long first, long last, double odds) {
    SplittableRandom random = new SplittableRandom(SEED);
    IdSet set = new IdSet();
    Set<Integer> expected = new HashSet<>();
    for (long id = first; id <= last; id += Math.max(1, (long) (2 * random.nextDouble() / odds))) {
      set.add((int) id);
      expected.add((int) id);
    }
    for (int id : expected) {
      assertTrue(set.contains(id), () -> "seed " + SEED + ": " + id);
    }
    for (int i = 0; i < 300_000; i++) {
      int id = (int) (first - 70_000 + random.nextLong(last - first + 140_000));
      assertEquals(expected.contains(id), set.contains(id), () -> "seed " + SEED + ": " + id);
    }
    long pages = (last - first >>> 16) + 2;
    assertTrue(
        set.bytes() <= 8L * expected.size() + 80 * Math.min(pages, expected.size()) + 8 * pages,
        () -> set.bytes() + " bytes for " + expected.size() + " ids");
    assertTrue(set.bytes() <= pages * (8192 + 80 + 8), () -> set.bytes() + " bytes");
  }

  @Test
  void itHoldsWhatWasAddedInFewBytesHoweverTheIdsLie() {
    check(1, 2_000_000, 1);
    check(1, 20_000_000, 0.1);
    check(0x7FFF_0000L, 0x8010_0000L, 0.5);
    check(0xFFF0_0000L, 0xFFFF_FFFFL, 0.01);
    check(1, 0xFFFF_FFFFL, 1e-5);
    check(5, 5, 1);
  }

  @Test
  void ninetyThreeMillionNeighboursTakeTwelveMillionBytes() {
    IdSet set = new IdSet();
    for (int id = 1; id <= 93_000_000; id++) {
      set.add(id);
    }
    assertTrue(set.bytes() < 12_000_000, () -> set.bytes() + " bytes");
    assertTrue(set.contains(1) && set.contains(93_000_000));
    assertFalse(set.contains(93_000_001));
  }

  @Test
  void anEmptySetContainsNothing() {
    IdSet set = new IdSet();
    assertTrue(set.isEmpty());
    assertFalse(set.contains(1) || set.contains(-1));
  }
}
