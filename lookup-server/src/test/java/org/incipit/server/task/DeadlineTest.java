package org.incipit.server.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void thereIsNoneUnlessOneIsSet() {
    assertSame(Deadline.NONE, Deadline.current());
    assertFalse(Deadline.NONE.isLimited());
    assertFalse(Deadline.NONE.hasPassed());
    assertEquals(Long.MAX_VALUE, Deadline.NONE.remainingNanos());
  }

  @Test
  void aDeadlineWithinAnotherCanOnlyBeEarlier() {
    Deadline.callWithin(
        HOUR,
        () -> {
          Deadline outer = Deadline.current();
          assertSame(outer, Deadline.callWithin(DAY, Deadline::current));
          assertSame(outer, Deadline.NONE.call(Deadline::current));
          Deadline inner = Deadline.callWithin(Duration.ofMinutes(1), Deadline::current);
          assertTrue(inner.remaining().compareTo(Duration.ofMinutes(1)) <= 0);
          assertSame(outer, Deadline.current());
          return null;
        });
    assertSame(Deadline.NONE, Deadline.current());
  }

  @Test
  void theEarlierOfTwoIsTheSameFromBothSides() {
    Deadline hour = Deadline.after(HOUR);
    Deadline day = Deadline.after(DAY);
    assertSame(hour, hour.earlier(day));
    assertSame(hour, day.earlier(hour));
    assertSame(hour, hour.earlier(Deadline.NONE));
    assertSame(hour, Deadline.NONE.earlier(hour));
    assertSame(Deadline.NONE, Deadline.NONE.earlier(Deadline.NONE));
  }

  @Test
  void noBudgetOverflows() {
    for (Duration none :
        new Duration[] {
          Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), Duration.ofNanos(Long.MAX_VALUE)
        }) {
      assertSame(Deadline.NONE, Deadline.after(none));
    }
    Deadline century = Deadline.after(Duration.ofDays(36_500));
    assertTrue(century.isLimited());
    assertFalse(century.hasPassed());
    for (Duration past :
        new Duration[] {
          Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE), HOUR.negated()
        }) {
      Deadline deadline = Deadline.after(past);
      assertTrue(deadline.hasPassed());
      assertEquals(Duration.ZERO, deadline.remaining());
      assertSame(deadline, deadline.earlier(century));
    }
  }

  @Test
  void whatHasPassedIsToldByCheckAndNotBefore() throws TimeoutException {
    Deadline.NONE.check();
    Deadline.after(HOUR).check();
    assertThrows(TimeoutException.class, Deadline.after(Duration.ZERO)::check);
  }

  @Test
  void whatTheBodyThrowsComesThrough() {
    IOException failure = new IOException();
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                Deadline.callWithin(
                    HOUR,
                    () -> {
                      throw failure;
                    })));
  }
}
