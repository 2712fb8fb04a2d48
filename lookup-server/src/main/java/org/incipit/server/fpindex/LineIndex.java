package org.incipit.server.fpindex;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexInfo;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.jspecify.annotations.Nullable;

/** The one index that the line protocol is about. Any thread. */
final class LineIndex {
  /** The greatest id; kept by the index itself, whoever wrote the document. */
  private static final String MAX_ID = "max_document_id";

  private final IndexCatalog catalog;
  private final String name;
  private final ServiceMetrics metrics;
  private final SearchThreads threads;
  private final Room changes;

  LineIndex(
      IndexCatalog catalog,
      String name,
      ServiceMetrics metrics,
      SearchThreads threads,
      Room changes) {
    this.catalog = catalog;
    this.name = name;
    this.metrics = metrics;
    this.threads = threads;
    this.changes = changes;
  }

  /** Whether it follows the catalogue, so that nobody else may write. */
  boolean isFollower() {
    return IndexCatalog.isReserved(name);
  }

  /**
   * Searches here if that is little work on what is in memory; otherwise {@link SearchThreads} says
   * where.
   *
   * @param timeout zero for none
   */
  Hits search(Query query, Duration timeout) throws IOException {
    long start = System.nanoTime();
    Hits hits = searchHereOrThere(query, timeout, start);
    long nanos = System.nanoTime() - start;
    if (hits.isComplete()) {
      metrics.of(name).searched(hits.size() > 0, nanos);
    } else {
      metrics.of(name).timedOut(nanos);
    }
    return hits;
  }

  private Hits searchHereOrThere(Query query, Duration timeout, long start) throws IOException {
    boolean inMemory;
    try (IndexLease lease = catalog.lease(name)) {
      Index index = lease.index();
      inMemory = index.isInMemory();
      if (inMemory) {
        Optional<Hits> atOnce = index.searchAtOnce(query, SearchThreads.SMALL_POSTINGS);
        if (atOnce.isPresent()) {
          return atOnce.get();
        }
      }
    }
    CompletableFuture<Hits> found = new CompletableFuture<>();
    if (inMemory) {
      run(threads.large(), found, () -> Optional.of(search(query, timeout, start)));
    } else {
      run(
          threads.small(),
          found,
          () -> {
            Optional<Hits> hits = searchSmall(query, timeout, start);
            if (hits.isEmpty()) {
              run(threads.large(), found, () -> Optional.of(search(query, timeout, start)));
            }
            return hits;
          });
    }
    return await(found);
  }

  /** Searches somewhere, and perhaps finds what is waited for. */
  private void run(Lane lane, CompletableFuture<Hits> found, Callable<Optional<Hits>> search)
      throws IOException {
    try {
      lane.of(name)
          .execute(() -> {
            try {
              search.call().ifPresent(found::complete);
            } catch (Throwable e) {
              found.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw new IOException("too much to do", e);
    }
  }

  private Optional<Hits> searchSmall(Query query, Duration timeout, long start) throws IOException {
    if (timeout.isPositive() && System.nanoTime() - start >= timeout.toNanos()) {
      return Optional.of(Hits.INCOMPLETE);
    }
    try (IndexLease lease = catalog.lease(name)) {
      return lease.index().searchWithin(query, SearchThreads.SMALL_POSTINGS);
    }
  }

  private Hits search(Query query, Duration timeout, long start) throws IOException {
    Duration left = timeout;
    if (timeout.isPositive()) {
      left = timeout.minusNanos(System.nanoTime() - start);
      if (!left.isPositive()) {
        return Hits.INCOMPLETE;
      }
    }
    try (IndexLease lease = catalog.lease(name)) {
      return lease.index().search(query, left);
    }
  }

  private static Hits await(Future<Hits> search) throws IOException {
    try {
      return search.get();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /**
   * Commits; what has returned is on the disk.
   *
   * @throws Refusal if there is no memory for it
   */
  void commit(Batch batch) throws IOException, Refusal {
    try (IndexLease lease = catalog.lease(name);
        ChangesShare share = new ChangesShare(changes)) {
      share.batch(batch);
      lease.index().update(batch);
      metrics.of(name).updated();
    }
  }

  /** Has all merged to one segment, soon. */
  void optimize() throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
      lease.index().optimize();
    }
  }

  /** An attribute, null if nobody has set it. */
  @Nullable String attribute(String attribute) throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
      IndexInfo info = lease.index().info();
      String stored = info.metadata().get(attribute);
      if (!attribute.equals(MAX_ID)) {
        return stored;
      }
      // Somebody may have set it, to count documents that are gone.
      long greatest = Integer.toUnsignedLong(info.maxId());
      long set = stored == null ? -1 : LineNumbers.decimal(stored);
      return greatest == 0 && set < 0 ? null : Long.toString(Math.max(greatest, set));
    }
  }
}
