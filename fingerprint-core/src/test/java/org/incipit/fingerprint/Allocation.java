package org.incipit.fingerprint;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a piece of code allocates. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 5;

  private Allocation() {}

  /**
   * Bytes allocated by the round that allocates least: starting a compiler thread, the JVM
   * allocates the thread's name on whichever thread it interrupts.
   */
  public static long leastOfSomeRounds(Runnable round) {
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      round.run();
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }
}
