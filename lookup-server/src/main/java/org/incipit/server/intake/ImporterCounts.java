package org.incipit.server.intake;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.incipit.server.catalog.Decision;

/** Counts what one thread does, for any to read. */
final class ImporterCounts {
  private final LongAdder founded = new LongAdder();
  private final LongAdder added = new LongAdder();
  private final LongAdder counted = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();

  void decided(List<Decision> decisions) {
    batches.increment();
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Founded it -> founded.increment();
        case Decision.Added it -> added.increment();
        case Decision.Counted it -> counted.increment();
        case Decision.Rejected it -> rejected.increment();
      }
    }
  }

  void retried() {
    retries.increment();
  }

  void worked(long nanos) {
    busyNanos.add(nanos);
  }

  ImporterStats stats() {
    return new ImporterStats(
        founded.sum(),
        added.sum(),
        counted.sum(),
        rejected.sum(),
        batches.sum(),
        retries.sum(),
        busyNanos.sum());
  }
}
