package org.incipit.server.index;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.incipit.server.index.segment.Pace;

/**
 * How fast maintenance goes on. As fast as it can while nothing is searched, and when it is urgent.
 * Otherwise all of it together writes and reads so many bytes a second, and whenever searches
 * occupy half of the processors it stands back until they are through; but no longer than four
 * times as long as it worked before, so that it comes to an end under any load.
 */
final class Throttle {
  private static final int PATIENCE = 4;
  private static final long MOST_WORK_NANOS = 5_000_000;
  private static final long BURST_NANOS = 10_000_000;

  /** What was written in haste, and is not paid for yet, holds the rest up no longer than this. */
  private static final long MOST_DEBT_NANOS = 1_000_000_000;

  private static final long LONG_PAUSE_NANOS = 5_000_000;
  private static final long SHORT_PAUSE_NANOS = 50_000;

  /** Time. */
  interface Clock {
    /** The time of the machine. */
    Clock SYSTEM =
        new Clock() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
          }
        };

    long nanos();

    /** Waits for about so long. */
    void pause(long nanos);
  }

  private final Clock clock;
  private final SearchActivity searches;
  private final int busy;
  private final long bytesPerSecond;
  private final BooleanSupplier ended;
  private long due;

  /**
   * For the maintenance of one index.
   *
   * @param processors of the machine
   * @param bytesPerSecond most bytes, while something is searched
   * @param ended whether all maintenance is to be given up
   */
  Throttle(
      Clock clock,
      SearchActivity searches,
      int processors,
      long bytesPerSecond,
      BooleanSupplier ended) {
    this.clock = clock;
    this.searches = searches;
    busy = (processors + 1) / 2;
    this.bytesPerSecond = bytesPerSecond;
    this.ended = ended;
    due = clock.nanos();
  }

  /**
   * The pace of one thread.
   *
   * @param urgent whether it must not wait; asked often
   */
  Pace pace(BooleanSupplier urgent) {
    return new Pace() {
      private long resumed = clock.nanos();

      @Override
      public void step(long bytes) throws IOException {
        long now = clock.nanos();
        long paid = bytes == 0 || !searches.isRecent(now) ? now : charge(bytes, now);
        long patience = now + PATIENCE * Math.min(now - resumed, MOST_WORK_NANOS);
        goOn();
        while (now - paid < 0 || (searches.running() >= busy && now - patience < 0)) {
          if (!searches.isRecent(now) || urgent.getAsBoolean()) {
            break;
          }
          clock.pause(Math.clamp(paid - now, SHORT_PAUSE_NANOS, LONG_PAUSE_NANOS));
          now = clock.nanos();
          goOn();
        }
        resumed = now;
      }
    };
  }

  private void goOn() throws IOException {
    if (ended.getAsBoolean()) {
      throw new IOException("the index is being closed");
    }
  }

  /** Until when whoever has written these bytes must wait. */
  private synchronized long charge(long bytes, long now) {
    long nanos = (long) (bytes * 1e9 / bytesPerSecond);
    due = now + Math.clamp(due - now, -BURST_NANOS, MOST_DEBT_NANOS) + nanos;
    return due;
  }
}
