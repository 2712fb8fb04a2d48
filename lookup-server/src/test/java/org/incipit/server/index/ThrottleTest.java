package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.incipit.server.index.segment.Pace;
import org.junit.jupiter.api.Test;

/** With a clock that only pauses move, and work that takes as long as a test says. */
class ThrottleTest {
  private static final long SECOND = 1_000_000_000;
  private static final long RATE = 32 << 20;

  private final Clock clock = new Clock();
  private final SearchActivity searches = new SearchActivity(0);
  private boolean urgent;
  private final Throttle throttle = new Throttle(clock, searches, 2, RATE, () -> clock.ended);
  private final Pace pace = throttle.pace(() -> urgent);

  private static final class Clock implements Throttle.Clock {
    long now;
    long paused;
    long endAt = Long.MAX_VALUE;
    boolean ended;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void pause(long nanos) {
      assertTrue(nanos > 0 && nanos <= 10_000_000, "a pause of " + nanos + " ns");
      now += nanos;
      paused += nanos;
      ended = now >= endAt;
    }
  }

  private void search() {
    searches.begin(clock.now);
    searches.end();
  }

  /** Writes so many MiB, each in a millisecond. */
  private void write(int mebibytes, boolean searched) throws IOException {
    for (int i = 0; i < mebibytes; i++) {
      if (searched) {
        search();
      }
      clock.now += 1_000_000;
      pace.step(1 << 20);
    }
  }

  @Test
  void nothingWaitsWhileNothingIsSearched() throws IOException {
    write(1000, false);
    assertEquals(0, clock.paused);
  }

  @Test
  void whileSearchesComeAsManyBytesAreWrittenASecondAsIsAllowed() throws IOException {
    write(320, true);
    assertEquals(10 * SECOND, clock.now, 0.05 * SECOND);
  }

  @Test
  void twoThreadsShareWhatIsAllowed() throws IOException {
    Pace other = throttle.pace(() -> false);
    for (int i = 0; i < 160; i++) {
      search();
      pace.step(1 << 20);
      other.step(1 << 20);
    }
    assertEquals(10 * SECOND, clock.now, 0.05 * SECOND);
  }

  @Test
  void whatIsUrgentDoesNotWait() throws IOException {
    urgent = true;
    searches.begin(0);
    searches.begin(0);
    write(1000, true);
    assertEquals(0, clock.paused);
  }

  @Test
  void whatWasWrittenInHasteIsNotPaidForLater() throws IOException {
    urgent = true;
    write(10_000, true);
    urgent = false;
    long before = clock.now;
    write(64, true);
    assertEquals(3 * SECOND, clock.now - before, SECOND);
  }

  @Test
  void aSecondAfterTheLastSearchItGoesOnAtOnce() throws IOException {
    search();
    clock.now += SECOND;
    write(1000, false);
    assertEquals(0, clock.paused);
  }

  @Test
  void itStandsBackFromSearchesButComesToAnEndUnderAnyLoad() throws IOException {
    searches.begin(clock.now);
    for (int i = 0; i < 1000; i++) {
      clock.now += 100_000;
      pace.step(0);
    }
    assertEquals(400_000 * 1000L, clock.paused, 100_000 * 1000L);
    long before = clock.paused;
    searches.end();
    clock.now += 100_000;
    pace.step(0);
    assertEquals(before, clock.paused, "no search is under way");
  }

  @Test
  void aRestBeforeWasNoWork() throws IOException {
    clock.now += 3600 * SECOND;
    searches.begin(clock.now);
    pace.step(0);
    assertTrue(clock.paused <= 25_000_000, () -> "waits " + clock.paused + " ns");
  }

  @Test
  void whatWaitsIsGivenUpWhenTheIndexIsClosed() {
    clock.endAt = 100_000_000;
    assertThrows(IOException.class, () -> write(1000, true));
    assertEquals(clock.endAt, clock.now, 20_000_000);
  }
}
