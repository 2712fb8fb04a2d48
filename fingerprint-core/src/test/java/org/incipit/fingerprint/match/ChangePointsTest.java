package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ChangePointsTest {
  private static void changes(float[] slopes, int... expected) {
    assertArrayEquals(expected, ChangePoints.of(slopes));
  }

  @Test
  void theSteepestPointsAreFoundWhateverTheirSign() {
    changes(new float[] {0, 0.2f, 0.5f, 0.2f, 0, -0.3f, -0.6f, -0.1f, 0}, 2, 6);
  }

  @Test
  void gentleSlopesAreNone() {
    changes(new float[] {0, 0.1499f, 0});
    changes(new float[] {0, 0.1501f, 0}, 1);
  }

  @Test
  void theEndsAreNone() {
    changes(new float[] {9, 1, 0, 1, 9});
    changes(new float[] {9});
    changes(new float[] {9, 9});
    changes(new float[] {});
  }

  @Test
  void ofTwoSideBySideTheFirstCounts() {
    changes(new float[] {0, 1, 1, 0}, 1);
    changes(new float[] {0, 1, 1, 1, 0}, 1, 3);
  }
}
