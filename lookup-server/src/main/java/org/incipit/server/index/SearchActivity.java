package org.incipit.server.index;

import java.util.concurrent.atomic.AtomicInteger;

/** Whether searches come, and how many are under way. Any thread. */
final class SearchActivity {
  private static final long RECENT_NANOS = 1_000_000_000;

  private final AtomicInteger running = new AtomicInteger();
  private volatile long last;

  /** Without any search so far. */
  SearchActivity(long now) {
    last = now - RECENT_NANOS;
  }

  /** A search begins; {@link #end} must follow. */
  void begin(long now) {
    running.incrementAndGet();
    last = now;
  }

  void end() {
    running.decrementAndGet();
  }

  /** Searches under way. */
  int running() {
    return running.get();
  }

  /** Whether one is under way or has begun within the last second. */
  boolean isRecent(long now) {
    return running() > 0 || now - last < RECENT_NANOS;
  }
}
