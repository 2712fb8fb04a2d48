package org.incipit.server.lookup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;

/**
 * Chunks of fingerprints that are read are in memory one at a time for each of a few lookups.
 * Whoever has many of them lets others go first after each. What is in memory anyway needs no turn:
 * it takes no more of it, and is found though the database stalls. Any number of threads.
 */
final class Turns {
  private final Semaphore free;
  private final long patience;

  /**
   * So many at the same time.
   *
   * @param patience for each turn, since who has compared much already would do so again
   */
  Turns(int most, Duration patience) {
    free = new Semaphore(most, true);
    this.patience = patience.toNanos();
  }

  /**
   * Reads and uses chunks to the end.
   *
   * @throws IndexBusyException if a turn does not come in time
   */
  void forEach(FingerprintChunks chunks, Consumer<Map<Long, StoredFingerprint>> use)
      throws IOException {
    while (chunks.hasNext()) {
      Optional<Map<Long, StoredFingerprint>> hot = chunks.nextInMemory();
      if (hot.isPresent()) {
        use.accept(hot.get());
      } else {
        await();
        try {
          use.accept(chunks.next());
        } finally {
          free.release();
        }
      }
    }
  }

  private void await() throws IOException {
    try {
      if (!free.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
        throw new IndexBusyException("too many lookups read fingerprints already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while other lookups read fingerprints");
    }
  }
}
