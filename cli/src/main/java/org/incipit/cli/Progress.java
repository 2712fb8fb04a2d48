package org.incipit.cli;

import java.io.PrintStream;

/** Tells on standard error how long work goes on, every few seconds. Short work says nothing. */
final class Progress {
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final PrintStream err;
  private final String what;
  private long next = System.nanoTime() + PAUSE_NANOS;

  /**
   * Begins.
   *
   * @param what is counted: "documents loaded"
   */
  Progress(PrintStream err, String what) {
    this.err = err;
    this.what = what;
  }

  /** So many now. */
  void reached(long count) {
    long now = System.nanoTime();
    if (now - next >= 0) {
      err.printf("%,d %s ...%n", count, what);
      next = now + PAUSE_NANOS;
    }
  }
}
