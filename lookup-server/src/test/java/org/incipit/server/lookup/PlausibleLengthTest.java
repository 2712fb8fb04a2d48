package org.incipit.server.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlausibleLengthTest {
  @Test
  void twentyItemsASecondAndAThousandAreTheMost() {
    assertEquals(1020, PlausibleLength.most(1));
    assertTrue(PlausibleLength.has(3000, 100));
    assertFalse(PlausibleLength.has(3001, 100));
  }

  @Test
  void aDurationThatNoFileHasAllowsNoMoreThanTheLongestOne() {
    int most = 20 * 32767 + 1000;
    assertTrue(PlausibleLength.has(most, 32767));
    for (int duration : new int[] {32767, 32768, 99_999, Integer.MAX_VALUE}) {
      assertEquals(most, PlausibleLength.most(duration));
      assertFalse(PlausibleLength.has(most + 1, duration));
    }
  }

  @Test
  void aFileWhoseDurationIsTooShortByHalfIsTaken() {
    int seconds = 7200;
    assertTrue(PlausibleLength.has(seconds * 81 / 10, seconds / 2));
  }
}
