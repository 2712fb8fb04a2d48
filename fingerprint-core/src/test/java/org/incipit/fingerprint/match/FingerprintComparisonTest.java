package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class FingerprintComparisonTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  private final FingerprintComparison comparison = new FingerprintComparison();

  private static void same(float expected, float actual, String what) {
    assertEquals(
        Float.floatToIntBits(expected),
        Float.floatToIntBits(actual),
        () -> what + ": expected " + expected + ", got " + actual);
  }

  @Test
  void theScoresAreThoseOfAcoustIdToTheLastBit() throws Exception {
    List<ComparisonVectors.Compared> vectors = ComparisonVectors.compared();
    assertEquals(82, vectors.size());
    for (ComparisonVectors.Compared each : vectors) {
      same(each.score(), comparison.compare(each.a(), each.b(), each.maxOffset()), each.name());
      Fingerprint a = Fingerprint.ofId(1, each.a());
      Fingerprint b = Fingerprint.ofId(1, each.b());
      same(each.score(), comparison.compare(a, b, each.maxOffset()), each.name());
      if (each.maxOffset() == FingerprintComparison.DEFAULT_MAX_OFFSET) {
        same(each.score(), comparison.compare(each.a(), each.b()), each.name());
        same(each.score(), FingerprintComparison.score(a, b), each.name());
      }
    }
  }

  /** Few keys make ties, many make alignments; some keys are the lowest and the highest. */
  private static int[] random(Random random, int[] other) {
    int[] items = new int[random.nextInt(90)];
    int shift = random.nextInt(20) - 10;
    int keys = 1 + random.nextInt(random.nextBoolean() ? 12 : 400);
    for (int i = 0; i < items.length; i++) {
      if (i + shift >= 0 && i + shift < other.length && random.nextInt(3) > 0) {
        items[i] = other[i + shift] ^ (random.nextInt() & random.nextInt() & random.nextInt());
      } else {
        items[i] = (16383 - random.nextInt(keys)) << 18 | random.nextInt(1 << 18);
      }
      if (random.nextInt(10) == 0) {
        items[i] = random.nextInt(4) << 18;
      }
    }
    return items;
  }

  @Test
  void theScoresAreThoseOfThePlainRulesForWhateverComesBefore() {
    Random random = new Random(SEED);
    int[] a = {};
    int scores = 0;
    for (int round = 0; round < 30_000; round++) {
      a = random.nextInt(4) == 0 ? random(random, a) : a;
      int[] b = random(random, a);
      int maxOffset = random.nextInt(4) == 0 ? 0 : random.nextInt(30);
      float expected = PlainComparison.compare(a, b, maxOffset);
      scores += expected > 0 ? 1 : 0;
      String what = "seed " + SEED + ", round " + round;
      if (random.nextInt(3) > 0) {
        Fingerprint fingerprint = Fingerprint.ofId(1, a);
        same(expected, comparison.compare(fingerprint, Fingerprint.ofId(1, b), maxOffset), what);
      } else {
        same(expected, comparison.compare(a, b, maxOffset), what);
      }
    }
    assertEquals(0.5, scores / 30_000.0, 0.45);
  }

  @Test
  void onlyTheItemsWithinTheSizesCount() {
    int[] a = new Random(SEED).ints(100).toArray();
    int[] b = a.clone();
    Arrays.fill(b, 60, 100, 0);
    same(1, comparison.compare(a, 60, b, 60, 80), "60 of 100");
    assertThrows(IndexOutOfBoundsException.class, () -> comparison.compare(a, 101, b, 60, 80));
    assertThrows(IndexOutOfBoundsException.class, () -> comparison.compare(a, 60, b, -1, 80));
  }

  @Test
  void comparingAllocatesNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ComparisonVectors.Compared pair = ComparisonVectors.compared("tune2 vs mp3");
    ComparisonVectors.Compared tied = ComparisonVectors.compared("different tunes");
    Fingerprint a = Fingerprint.ofId(1, pair.a());
    Fingerprint b = Fingerprint.ofId(1, pair.b());
    float sum = 0;
    for (int i = 0; i < 200; i++) {
      sum += comparison.compare(a, b) + comparison.compare(tied.a(), tied.b());
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 200; i++) {
      sum += comparison.compare(a, b) + comparison.compare(tied.a(), tied.b());
    }
    assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    assertEquals(400 * pair.score(), sum, 0.1);
  }

  @Test
  void fingerprintsOfDifferentAlgorithmsAndNegativeOffsetsAreRefused() {
    Fingerprint a = Fingerprint.ofId(1, 1, 2, 3);
    Fingerprint b = Fingerprint.ofId(2, 1, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> comparison.compare(a, b));
    assertEquals(
        "maxOffset must not be negative (got -1)",
        assertThrows(IllegalArgumentException.class, () -> comparison.compare(a, a, -1))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> comparison.compare(new int[2], new int[2], Integer.MIN_VALUE));
  }
}
