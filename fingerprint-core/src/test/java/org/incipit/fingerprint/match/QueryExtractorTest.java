package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class QueryExtractorTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);
  private static final int SILENCE = 627964279;

  @Test
  void theTermsAreThoseOfAcoustId() throws Exception {
    List<ComparisonVectors.Extracted> vectors = ComparisonVectors.extracted();
    assertEquals(19, vectors.size());
    for (ComparisonVectors.Extracted each : vectors) {
      assertArrayEquals(
          each.terms(), QueryExtractor.extract(Fingerprint.ofId(1, each.items())), each.name());
    }
  }

  @Test
  void termsAreDifferentAndInOrderAndNeverSilence() {
    Random random = new Random(SEED);
    for (int round = 0; round < 3000; round++) {
      int[] items = new int[random.nextInt(300)];
      int range = 1 + random.nextInt(round % 3 == 0 ? 100 : 100_000);
      for (int i = 0; i < items.length; i++) {
        items[i] = random.nextInt(4) == 0 ? SILENCE : random.nextInt(range) * 0x01234567;
      }
      assertArrayEquals(
          terms(items), QueryExtractor.extract(Fingerprint.ofId(1, items)), "seed " + SEED);
    }
  }

  private static int[] terms(int[] items) {
    int audible = (int) Arrays.stream(items).filter(item -> item != SILENCE).count();
    Set<Integer> terms = new LinkedHashSet<>();
    for (int i = Math.max(0, Math.min(audible - 120, 80)); i < items.length; i++) {
      if (items[i] != SILENCE && terms.size() < 120) {
        terms.add(items[i] & 0xFFFFFFF0);
      }
    }
    return terms.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void zeroAndAllOnesAreTermsToo() {
    assertArrayEquals(
        new int[] {0, -16}, QueryExtractor.extract(Fingerprint.ofId(1, 0, -1, 15, -16)));
  }

  @Test
  void nothingComesOfNothing() {
    assertArrayEquals(new int[0], QueryExtractor.extract(Fingerprint.ofId(1)));
    assertArrayEquals(new int[0], QueryExtractor.extract(Fingerprint.ofId(1, SILENCE, SILENCE)));
  }
}
