package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.incipit.fingerprint.Algorithm;
import org.junit.jupiter.api.Test;

class MatchSegmentTest {
  @Test
  void positionsAndDurationBecomeSeconds() {
    MatchSegment segment = new MatchSegment(5, 0, 216, 3.1718);
    assertEquals(0.6190, segment.startSecondsA(Algorithm.TEST2), 1e-4);
    assertEquals(0.0, segment.startSecondsB(Algorithm.TEST2));
    assertEquals(29.3429, segment.durationSeconds(Algorithm.TEST2), 1e-4);
    assertEquals(5 * 4096 / 11025.0, segment.startSecondsA(Algorithm.TEST3), 1e-12);
  }

  @Test
  void thePublicScoreIsRoundedHundredths() {
    assertEquals(317, new MatchSegment(5, 0, 216, 3.1718).publicScore());
    assertEquals(0, new MatchSegment(0, 0, 221, 0.0005).publicScore());
    assertEquals(1, new MatchSegment(0, 0, 221, 0.005).publicScore());
  }

  @Test
  void theScoreOfAJoinedSegmentIsTheMeanOfItsItems() {
    MatchSegment first = new MatchSegment(10, 20, 30, 2.0);
    MatchSegment second = new MatchSegment(40, 50, 10, 2.4);
    MatchSegment third = new MatchSegment(50, 60, 40, 1.9);
    assertEquals(
        new MatchSegment(10, 20, 40, (30 * 2.0 + 10 * 2.4) / 40, 2.0, 2.4),
        first.joinedWith(second));
    assertEquals(
        new MatchSegment(10, 20, 80, (40 * 2.1 + 40 * 1.9) / 80, 2.1, 1.9),
        first.joinedWith(second).joinedWith(third));
  }

  @Test
  void aSegmentTouchesTheOneThatBeginsWhereItEnds() {
    MatchSegment segment = new MatchSegment(10, 20, 30, 2.0);
    assertTrue(segment.touches(new MatchSegment(40, 50, 1, 2.0)));
    assertFalse(segment.touches(new MatchSegment(41, 51, 1, 2.0)));
  }
}
