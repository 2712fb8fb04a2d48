package org.incipit.server.fpindex;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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

  /** What a search may cost on the thread of a connection: some hundred microseconds at most. */
  private static final long AT_ONCE_POSTINGS = 200_000;

  private final IndexCatalog catalog;
  private final String name;
  private final ServiceMetrics metrics;
  private final ExecutorService searches;

  LineIndex(IndexCatalog catalog, String name, ServiceMetrics metrics, ExecutorService searches) {
    this.catalog = catalog;
    this.name = name;
    this.metrics = metrics;
    this.searches = searches;
  }

  /**
   * Searches here if that is little work, otherwise on a thread for searches.
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
    try (IndexLease lease = catalog.lease(name)) {
      Optional<Hits> atOnce = lease.index().searchAtOnce(query, AT_ONCE_POSTINGS);
      if (atOnce.isPresent()) {
        return atOnce.get();
      }
    }
    try {
      return await(searches.submit(() -> search(query, timeout, start)));
    } catch (RejectedExecutionException e) {
      throw new IOException("the server is stopping", e);
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

  /** Commits; what has returned is on the disk. */
  void commit(Batch batch) throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
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
