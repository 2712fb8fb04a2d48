package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class FingerprintMatcherTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  private final FingerprintMatcher matcher = new FingerprintMatcher();
  private final Random random = new Random(SEED);

  private int[] noise(int size) {
    return random.ints(size).toArray();
  }

  /** Each item with so many bits wrong. */
  private int[] damaged(int[] items, int wrongBits) {
    int[] result = items.clone();
    for (int i = 0; i < result.length; i++) {
      int mask = 0;
      while (Integer.bitCount(mask) < wrongBits) {
        mask |= 1 << random.nextInt(20);
      }
      result[i] ^= mask;
    }
    return result;
  }

  private static Fingerprint joined(int[]... parts) {
    int size = 0;
    for (int[] part : parts) {
      size += part.length;
    }
    int[] all = new int[size];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return Fingerprint.ofId(1, all);
  }

  @Test
  void aFingerprintMatchesItselfWithoutAnError() throws Exception {
    for (ComparisonVectors.Compared tune : ComparisonVectors.compared()) {
      if (tune.name().startsWith("tune")) {
        Fingerprint fingerprint = Fingerprint.ofId(1, tune.a());
        assertEquals(
            List.of(new MatchSegment(0, 0, tune.a().length, 0.0)),
            matcher.match(fingerprint, fingerprint));
      }
    }
  }

  @Test
  void theSameTuneFromALossyCodecMatchesFromBeginningToEnd() throws Exception {
    for (String name : List.of("tune0 vs mp3", "tune1 vs mp3", "tune2 vs opus")) {
      ComparisonVectors.Compared pair = ComparisonVectors.compared(name);
      List<MatchSegment> segments =
          matcher.match(Fingerprint.ofId(1, pair.a()), Fingerprint.ofId(1, pair.b()));
      int matched = 0;
      for (MatchSegment segment : segments) {
        assertEquals(segment.positionA(), segment.positionB(), name);
        assertTrue(segment.score() < 2, name + ": " + segments);
        matched += segment.duration();
      }
      assertEquals(pair.a().length, matched, name + ": " + segments);
    }
  }

  @Test
  void differentTunesMatchNowhereOrShortlyAndBadly() throws Exception {
    for (String name : List.of("different tunes", "different tunes 2", "random vs random")) {
      ComparisonVectors.Compared pair = ComparisonVectors.compared(name);
      int matched = 0;
      for (MatchSegment segment :
          matcher.match(Fingerprint.ofId(1, pair.a()), Fingerprint.ofId(1, pair.b()))) {
        assertTrue(segment.score() > 9, name + ": " + segment);
        matched += segment.duration();
      }
      assertTrue(matched < pair.a().length / 10, name + ": " + matched);
    }
  }

  @Test
  void aPieceIsFoundWhereItIs() {
    int[] piece = noise(300);
    Fingerprint whole = joined(noise(150), piece, noise(120));
    List<MatchSegment> inWhole = matcher.match(whole, joined(piece));
    assertEquals(List.of(new MatchSegment(150, 0, 300, 0.0)), inWhole, "seed " + SEED);
    List<MatchSegment> swapped = matcher.match(joined(piece), whole);
    assertEquals(List.of(new MatchSegment(0, 150, 300, 0.0)), swapped, "seed " + SEED);
  }

  @Test
  void theEdgesOfACommonStretchAreFoundToAFewItems() {
    int[] common = noise(300);
    List<MatchSegment> segments =
        matcher.match(
            joined(noise(150), common, noise(200)),
            joined(noise(100), damaged(common, 2), noise(180)));
    assertEquals(1, segments.size(), "seed " + SEED + ": " + segments);
    MatchSegment segment = segments.get(0);
    assertEquals(150, segment.positionA(), 4, "seed " + SEED);
    assertEquals(segment.positionA() - 50, segment.positionB());
    assertEquals(300, segment.duration(), 8, "seed " + SEED);
    assertEquals(2, segment.score(), 0.5, "seed " + SEED);
  }

  @Test
  void stretchesOnBothSidesOfADifferentOneStayApart() {
    int[] before = noise(200);
    int[] after = noise(200);
    List<MatchSegment> segments =
        matcher.match(
            joined(before, noise(100), after),
            joined(damaged(before, 2), noise(100), damaged(after, 2)));
    assertEquals(2, segments.size(), "seed " + SEED + ": " + segments);
    assertEquals(0, segments.get(0).positionA());
    assertEquals(200, segments.get(0).duration(), 4, "seed " + SEED);
    assertEquals(300, segments.get(1).positionA(), 4, "seed " + SEED);
    assertEquals(500, segments.get(1).positionA() + segments.get(1).duration());
  }

  @Test
  void neighbouringStretchesOfOneQualityAreOne() {
    int[] common = noise(300);
    int[] heard = common.clone();
    for (int i = 0; i < heard.length; i++) {
      // Three times from 0 to 5 wrong bits and back at once: change points, but equal means.
      heard[i] ^= (1 << (i % 100) * 6 / 100) - 1;
    }
    assertEquals(
        List.of(new MatchSegment(0, 0, 300, 2.5, 2.5, 2.5)),
        rounded(joined(common), joined(heard)));
  }

  @Test
  void neighbouringStretchesOfDifferentQualityStayApart() {
    int[] good = noise(150);
    int[] bad = noise(150);
    List<MatchSegment> segments =
        matcher.match(joined(good, bad), joined(damaged(good, 1), damaged(bad, 6)));
    assertEquals(2, segments.size(), "seed " + SEED + ": " + segments);
    assertEquals(150, segments.get(0).duration(), 3, "seed " + SEED);
    assertTrue(segments.get(0).touches(segments.get(1)));
    assertEquals(300, segments.get(0).duration() + segments.get(1).duration());
  }

  /** The segments with scores to one tenth. */
  private List<MatchSegment> rounded(Fingerprint a, Fingerprint b) {
    return matcher.match(a, b).stream()
        .map(segment ->
            new MatchSegment(
                segment.positionA(),
                segment.positionB(),
                segment.duration(),
                Math.rint(segment.score() * 10) / 10,
                Math.rint(segment.leftScore() * 10) / 10,
                Math.rint(segment.rightScore() * 10) / 10))
        .toList();
  }

  @Test
  void theThresholdDecidesWhatMatches() {
    int[] common = noise(300);
    Fingerprint a = joined(common);
    Fingerprint b = joined(damaged(common, 6));
    assertEquals(
        List.of(new MatchSegment(0, 0, 300, 6.0)), new FingerprintMatcher(6.001).match(a, b));
    assertEquals(List.of(), new FingerprintMatcher(6.0).match(a, b));
    assertThrows(IllegalArgumentException.class, () -> new FingerprintMatcher(0));
    assertThrows(IllegalArgumentException.class, () -> new FingerprintMatcher(Double.NaN));
  }

  @Test
  void nothingInCommonOrNothingAtAllIsNoMatch() {
    Fingerprint empty = Fingerprint.ofId(1);
    assertEquals(List.of(), matcher.match(empty, empty));
    assertEquals(List.of(), matcher.match(empty, joined(noise(50))));
    assertEquals(List.of(), matcher.match(Fingerprint.ofId(1, 1, 2), Fingerprint.ofId(1, -1, -2)));
  }

  @Test
  void theSegmentsCannotBeChanged() {
    Fingerprint fingerprint = joined(noise(50));
    List<MatchSegment> segments = matcher.match(fingerprint, fingerprint);
    assertThrows(UnsupportedOperationException.class, segments::clear);
  }

  @Test
  void fingerprintsOfDifferentAlgorithmsAreRefused() {
    Fingerprint a = Fingerprint.ofId(1, 1, 2, 3);
    Fingerprint b = Fingerprint.ofId(2, 1, 2, 3);
    assertEquals(
        "fingerprints of different algorithms cannot be compared (ids 1 and 2)",
        assertThrows(IllegalArgumentException.class, () -> matcher.match(a, b)).getMessage());
  }

  @Test
  void moreThanTheOriginalTakesIsRefused() {
    int[] items = noise(FingerprintMatcher.MAX_SIZE + 1);
    Fingerprint largest = Fingerprint.copyOf(1, items, 0, FingerprintMatcher.MAX_SIZE);
    Fingerprint tooLarge = Fingerprint.ofId(1, items);
    Fingerprint piece = Fingerprint.copyOf(1, items, 1000, 1100);
    assertEquals(List.of(new MatchSegment(1000, 0, 100, 0.0)), matcher.match(largest, piece));
    assertThrows(IllegalArgumentException.class, () -> matcher.match(tooLarge, piece));
    assertThrows(IllegalArgumentException.class, () -> matcher.match(piece, tooLarge));
  }
}
