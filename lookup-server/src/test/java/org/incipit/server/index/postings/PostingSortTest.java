package org.incipit.server.index.postings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PostingSortTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @Test
  void postingsComeInUnsignedOrderEachOnce() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 500; i++) {
      long[] postings = new long[random.nextInt(3000)];
      int mask = (-1 >>> random.nextInt(32)) << random.nextInt(5);
      int id = random.nextInt(1 << 20) + (random.nextBoolean() ? 0 : Integer.MAX_VALUE - 100);
      for (int j = 0; j < postings.length; j++) {
        postings[j] = Posting.of(random.nextInt() & mask, id);
        id += random.nextInt(10) == 0 ? 1 : 0;
      }
      long[] expected =
          Arrays.stream(postings)
              .map(posting -> posting ^ Long.MIN_VALUE)
              .sorted()
              .distinct()
              .map(posting -> posting ^ Long.MIN_VALUE)
              .toArray();
      int size = PostingSort.sort(postings, postings.length, new long[postings.length]);
      assertArrayEquals(expected, Arrays.copyOf(postings, size), "seed " + SEED + ", " + i);
    }
  }

  @Test
  void noPostingsAreSortedToNone() {
    assertEquals(0, PostingSort.sort(new long[0], 0, new long[0]));
  }
}
