package org.incipit.server.acoustid.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.incipit.server.task.Interruption;

/** Keeps requests apart. Any number of threads. */
final class Pace {
  private final long nanos;
  private long next = System.nanoTime();

  /** So long from one to the next. */
  Pace(Duration interval) {
    nanos = interval.toNanos();
  }

  /** Waits for the turn. */
  void await() throws IOException {
    long wait = reserve(System.nanoTime());
    if (wait <= 0) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(wait);
    } catch (InterruptedException e) {
      throw Interruption.of("waiting for the next request", e);
    }
  }

  /** Takes the next turn, and says how far off it is. */
  synchronized long reserve(long now) {
    long turn = next - now > 0 ? next : now;
    next = turn + nanos;
    return turn - now;
  }
}
