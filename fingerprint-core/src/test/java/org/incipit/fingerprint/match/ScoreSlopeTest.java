package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreSlopeTest {
  private static final long SEED = Long.getLong("tests.seed", 20261123);

  private final Random random = new Random(SEED);
  private final FingerprintComparison steep = new FingerprintComparison(ScoreSlope.COMPARE2);
  private final FingerprintComparison shallow = new FingerprintComparison(ScoreSlope.FPSTORE);

  /** The same with each bit wrong by this chance, but for the first keys, so that it aligns. */
  private int[] mutated(int[] items, double errors) {
    int[] mutated = items.clone();
    for (int i = 0; i < items.length; i++) {
      int bits = i % 8 == 0 ? 18 : 32;
      for (int bit = 0; bit < bits; bit++) {
        mutated[i] ^= random.nextDouble() < errors ? 1 << bit : 0;
      }
    }
    return mutated;
  }

  @Test
  void compare2IsWhatIsComputedIfNothingIsSaid() throws Exception {
    FingerprintComparison usual = new FingerprintComparison();
    for (ComparisonVectors.Compared each : ComparisonVectors.compared()) {
      float score = usual.compare(each.a(), each.b(), each.maxOffset());
      assertEquals(score, steep.compare(each.a(), each.b(), each.maxOffset()), each.name());
    }
  }

  @Test
  void aWrongBitCostsHalfAsMuchWithTheSlopeOfFpstore() {
    for (int percent = 0; percent <= 35; percent++) {
      int[] a = random.ints(500).toArray();
      int[] b = mutated(a, percent / 100.0);
      float score = steep.compare(a, b);
      assertTrue(score > 0, "seed " + SEED + ", " + percent + " %");
      assertEquals((1 + score) / 2, shallow.compare(a, b), 1e-6, "seed " + SEED);
    }
  }

  @Test
  void onlyTheSlopeDiffers() throws Exception {
    for (ComparisonVectors.Compared each : ComparisonVectors.compared()) {
      float score = steep.compare(each.a(), each.b(), each.maxOffset());
      float other = shallow.compare(each.a(), each.b(), each.maxOffset());
      assertTrue(other >= score, each.name());
      if (score == 1) {
        assertEquals(1, other, each.name());
      }
    }
    int[] different = random.ints(500).toArray();
    assertEquals(0, shallow.compare(random.ints(500).toArray(), different));
  }
}
