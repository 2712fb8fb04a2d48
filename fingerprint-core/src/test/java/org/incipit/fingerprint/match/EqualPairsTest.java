package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class EqualPairsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);
  private static final int LARGEST = FingerprintMatcher.MAX_SIZE;

  private static Fingerprint of(int size, IntUnaryOperator hash) {
    int[] items = new int[size];
    for (int i = 0; i < size; i++) {
      items[i] = hash.applyAsInt(i) << 20 | (i * 31 & 0xFFFFF);
    }
    return Fingerprint.ofId(1, items);
  }

  /** Stretches of one hash, of a few in turn and of many at random. */
  private static Fingerprint patterns(Random random, int size, int hashes) {
    int[] items = new int[size];
    int i = 0;
    while (i < size) {
      int end = Math.min(size, i + 1 + random.nextInt(400));
      int period = 1 + random.nextInt(3);
      int base = random.nextInt(hashes);
      boolean noise = random.nextInt(4) == 0;
      for (; i < end; i++) {
        int hash = noise ? random.nextInt(4096) : (base + i % period) % 4096;
        items[i] = hash << 20 | random.nextInt(1 << 20);
      }
    }
    return Fingerprint.ofId(1, items);
  }

  private static int[] countedOneByOne(Fingerprint a, Fingerprint b) {
    int[] counts = new int[a.size() + b.size() + 1];
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        counts[i - j + b.size()] += a.at(i) >>> 20 == b.at(j) >>> 20 ? 1 : 0;
      }
    }
    return counts;
  }

  @Test
  void theCountsAreThoseOfCountingOneByOne() {
    for (int round = 0; round < 120; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      int hashes = 1 + random.nextInt(round % 3 == 0 ? 4096 : 8);
      Fingerprint a = patterns(random, random.nextInt(1500), hashes);
      Fingerprint b = patterns(random, random.nextInt(1500), hashes);
      assertArrayEquals(countedOneByOne(a, b), EqualPairs.byOffset(a, b), "seed " + seed);
    }
  }

  @Test
  void sizesAroundAPowerOfTwoLeaveNoOffsetOut() {
    for (int sizeA = 508; sizeA <= 516; sizeA++) {
      for (int sizeB = 508; sizeB <= 516; sizeB++) {
        Fingerprint a = of(sizeA, i -> 4095);
        Fingerprint b = of(sizeB, i -> 4095);
        assertArrayEquals(countedOneByOne(a, b), EqualPairs.byOffset(a, b), sizeA + " " + sizeB);
      }
    }
  }

  @Test
  void theLargestFingerprintsOfOneUnchangingSoundAreCounted() {
    Fingerprint constant = of(LARGEST, i -> 7);
    int[] counts = EqualPairs.byOffset(constant, constant);
    for (int k = 0; k < counts.length; k++) {
      assertEquals(LARGEST - Math.abs(k - LARGEST), counts[k]);
    }
  }

  @Test
  void theLargestFingerprintsOfTwoSoundsInTurnAreCounted() {
    Fingerprint alternating = of(LARGEST, i -> i % 2 * 4095);
    int[] counts = EqualPairs.byOffset(alternating, alternating);
    for (int k = 0; k < counts.length; k++) {
      int offset = k - LARGEST;
      assertEquals(offset % 2 == 0 ? LARGEST - Math.abs(offset) : 0, counts[k]);
    }
  }
}
