package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  private static Fingerprint random(Random random, int size, int hashes) {
    int[] items = new int[size];
    for (int i = 0; i < size; i++) {
      items[i] = random.nextInt(hashes) << 20 | random.nextInt(1 << 20);
    }
    return Fingerprint.ofId(1, items);
  }

  /** Lays b against a in every way and counts. */
  private static Optional<Alignment> tried(Fingerprint a, Fingerprint b) {
    Optional<Alignment> best = Optional.empty();
    int most = 2;
    for (int offset = -b.size(); offset < a.size(); offset++) {
      int startA = Math.max(offset, 0);
      int startB = Math.max(-offset, 0);
      int length = Math.min(a.size() - startA, b.size() - startB);
      int equal = 0;
      for (int k = 0; k < length; k++) {
        equal += a.at(startA + k) >>> 20 == b.at(startB + k) >>> 20 ? 1 : 0;
      }
      if (equal >= most) {
        most = equal;
        best = Optional.of(new Alignment(startA, startB, length));
      }
    }
    return best;
  }

  @Test
  void itIsTheOneWithMostEqualPairsAndTheLatestOfThose() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      int hashes = 1 + random.nextInt(round % 2 == 0 ? 6 : 4096);
      Fingerprint a = random(random, random.nextInt(30), hashes);
      Fingerprint b = random(random, random.nextInt(30), hashes);
      assertEquals(tried(a, b), Alignment.best(a, b), "seed " + SEED);
    }
  }

  @Test
  void onlyTheUpperBitsAreLookedAt() {
    Fingerprint a = Fingerprint.ofId(1, 0x12300000, 0x45600000, 0xFFF00000);
    Fingerprint b = Fingerprint.ofId(1, 0x456FFFFF, 0xFFFFFFFF);
    assertEquals(Optional.of(new Alignment(1, 0, 2)), Alignment.best(a, b));
    assertEquals(Optional.of(new Alignment(0, 1, 2)), Alignment.best(b, a));
  }

  @Test
  void oneEqualPairIsNone() {
    assertEquals(Optional.empty(), Alignment.best(Fingerprint.ofId(1, 5), Fingerprint.ofId(1, 5)));
  }

  @Test
  void emptyFingerprintsHaveNone() {
    Fingerprint empty = Fingerprint.ofId(1);
    assertEquals(Optional.empty(), Alignment.best(empty, empty));
    assertEquals(Optional.empty(), Alignment.best(empty, Fingerprint.ofId(1, 1, 2, 3)));
  }
}
