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
  void theLongestDurationIsNoOverflow() {
    assertTrue(PlausibleLength.has(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void aFileWhoseDurationIsTooShortByHalfIsTaken() {
    int seconds = 7200;
    assertTrue(PlausibleLength.has(seconds * 81 / 10, seconds / 2));
  }
}
