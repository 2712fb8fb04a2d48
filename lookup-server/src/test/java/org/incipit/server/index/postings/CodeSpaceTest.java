package org.incipit.server.index.postings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CodeSpaceTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  private final SplittableRandom random = new SplittableRandom(SEED);

  private CodeSpace space() {
    int minId = random.nextInt() >>> random.nextInt(32);
    int maxId = random.nextInt() >>> random.nextInt(32);
    boolean ordered = Integer.compareUnsigned(minId, maxId) <= 0;
    return CodeSpace.of(random.nextInt(32), ordered ? minId : maxId, ordered ? maxId : minId);
  }

  private long posting(CodeSpace space) {
    int hash = random.nextInt() >>> space.hashShift() << space.hashShift();
    return Posting.of(hash, space.minId() + (int) random.nextLong(space.idCount()));
  }

  @Test
  void everyPostingHasACodeOfItsOwnInTheSameOrder() {
    for (int i = 0; i < 20_000; i++) {
      CodeSpace space = space();
      long first = posting(space);
      long second = posting(space);
      assertEquals(first, space.posting(space.code(first)), space.toString());
      assertEquals(
          Long.signum(Long.compareUnsigned(first, second)),
          Long.signum(Long.compareUnsigned(space.code(first), space.code(second))),
          space.toString());
    }
  }

  @Test
  void codesAreTurnedIntoPostingsManyAtATime() {
    for (int i = 0; i < 2000; i++) {
      CodeSpace space = space();
      long[] postings = new long[50];
      long[] codes = new long[50];
      for (int j = 0; j < postings.length; j++) {
        postings[j] = j < 5 ? Posting.of(0, space.minId()) : posting(space);
        codes[j] = space.code(postings[j]);
      }
      space.toPostings(codes, 0, codes.length);
      for (int j = 0; j < postings.length; j++) {
        assertEquals(postings[j], codes[j], space.toString());
      }
    }
  }

  @Test
  void aHashWithOtherLowBitsIsNotHeld() {
    CodeSpace space = new CodeSpace(4, 1, 10);
    assertTrue(space.holds(0xFFFF_FFF0));
    assertFalse(space.holds(0xFFFF_FFF8));
  }

  @Test
  void moreIdsThanThereAreAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CodeSpace(0, 1, 1L << 32));
    assertThrows(IllegalArgumentException.class, () -> new CodeSpace(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new CodeSpace(32, 0, 1));
  }
}
