package org.incipit.server.fpindex;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked of an index. Any number of threads. */
final class IndexMetrics {
  final LongAdder searches = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder updates = new LongAdder();
  final DurationHistogram durations = new DurationHistogram();

  /** A search has ended in time. */
  void searched(boolean found, long nanos) {
    searches.increment();
    (found ? hits : misses).increment();
    durations.add(nanos);
  }

  /** A search has not ended in time. */
  void timedOut(long nanos) {
    searches.increment();
    timeouts.increment();
    durations.add(nanos);
  }

  void updated() {
    updates.increment();
  }
}
