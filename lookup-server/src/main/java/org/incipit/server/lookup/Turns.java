package org.incipit.server.lookup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;

/**
 * Chunks of fingerprints are in memory one at a time for each of a few lookups. Whoever has many of
 * them lets others go first after each. Any number of threads.
 */
final class Turns {
  private final Semaphore free;

  /** So many at the same time. */
  Turns(int most) {
    free = new Semaphore(most, true);
  }

  /**
   * Reads and uses chunks to the end.
   *
   * @param deadline by {@link System#nanoTime}, until which turns are waited for
   * @throws IndexBusyException if one does not come until then
   */
  void forEach(FingerprintChunks chunks, long deadline, Consumer<Map<Long, StoredFingerprint>> use)
      throws IOException {
    while (chunks.hasNext()) {
      await(deadline);
      try {
        use.accept(chunks.next());
      } finally {
        free.release();
      }
    }
  }

  private void await(long deadline) throws IOException {
    try {
      if (!free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new IndexBusyException("too many lookups compare fingerprints already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while other lookups compared fingerprints");
    }
  }
}
