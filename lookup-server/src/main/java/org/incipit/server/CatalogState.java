package org.incipit.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Submissions;
import org.incipit.server.catalog.store.CatalogException;

/**
 * What the catalogue itself says of its state. Who asks waits a second at most, and then gets what
 * was seen last; a database that does not answer is asked once at a time. Thread-safe.
 */
final class CatalogState {
  private static final Logger LOG = System.getLogger(CatalogState.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * What was seen at a time.
   *
   * @param position of the newest change
   */
  record Seen(Submissions.Queue queue, long position) {
    private static final Seen NOTHING = new Seen(new Submissions.Queue(0, 0), 0);

    static Seen of(Catalog catalog) throws CatalogException {
      return new Seen(catalog.submissions().queue(), catalog.feed().head().position());
    }
  }

  /** That, and whether it was seen just now. */
  record Reading(Seen seen, boolean isNew) {}

  private final Callable<Seen> source;
  private FutureTask<Seen> asked;
  private volatile Seen last = Seen.NOTHING;

  CatalogState(Callable<Seen> source) {
    this.source = source;
    asked = new FutureTask<>(() -> Seen.NOTHING);
    asked.run();
  }

  Reading read() {
    try {
      last = ask().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      return new Reading(last, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.DEBUG, "the state of the catalogue is not known: " + e);
    }
    return new Reading(last, false);
  }

  private synchronized FutureTask<Seen> ask() {
    if (asked.isDone()) {
      asked = new FutureTask<>(source);
      Thread.ofVirtual().name("catalog-state").start(asked);
    }
    return asked;
  }
}
