package org.incipit.server.fpindex;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.RunsOn;
import org.incipit.server.index.Index;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.search.Hits;

/** Searches. */
final class SearchOperations {
  /** What a search may cost on the event loop: some hundred microseconds at most. */
  private static final long AT_ONCE_POSTINGS = 200_000;

  /** A longer body is not read on the event loop. */
  private static final int AT_ONCE_BYTES = 1 << 14;

  /** Of all searches of a batch together. */
  private static final Duration BATCH_TIME = Duration.ofSeconds(10);

  private final ServiceMetrics metrics;

  SearchOperations(ServiceMetrics metrics) {
    this.metrics = metrics;
  }

  /** Searches on the event loop if the index can answer at once. */
  void search(Exchange exchange) throws IOException, Refusal, HttpError {
    long start = System.nanoTime();
    try (IndexLease lease = exchange.lease()) {
      if (exchange.request().body().length > AT_ONCE_BYTES) {
        exchange.handOver(
            RunsOn.COMPUTE, later -> search(later, SearchRequest.read(later.body()), start));
        return;
      }
      SearchRequest request = SearchRequest.read(exchange.body());
      Optional<Hits> hits = lease.index().searchAtOnce(request.query(), AT_ONCE_POSTINGS);
      if (hits.isPresent()) {
        exchange.send(found(exchange.name(), request, hits.get(), start));
      } else {
        exchange.handOver(RunsOn.COMPUTE, later -> search(later, request, start));
      }
    }
  }

  private void search(Exchange exchange, SearchRequest request, long start)
      throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      Hits hits = search(lease.index(), request, request.timeout(), start);
      exchange.send(found(exchange.name(), request, hits, start));
    }
  }

  /** Searches in what is left of the time since the start. */
  private static Hits search(Index index, SearchRequest request, Duration timeout, long start)
      throws Refusal {
    if (timeout.isZero()) {
      return Storage.call(() -> index.search(request.query(), Duration.ZERO));
    }
    Duration left = timeout.minusNanos(System.nanoTime() - start);
    return left.isPositive()
        ? Storage.call(() -> index.search(request.query(), left))
        : Hits.INCOMPLETE;
  }

  private Answer found(String name, SearchRequest request, Hits hits, long start) throws Refusal {
    long nanos = System.nanoTime() - start;
    if (!hits.isComplete()) {
      metrics.of(name).timedOut(nanos);
      throw new Refusal(Refusal.Name.SEARCH_TIMEOUT, "the search took too long");
    }
    Answer.Found found = Answer.Found.of(request, hits);
    metrics.of(name).searched(found.count() > 0, nanos);
    return found;
  }

  /** Searches one after the other. What one of them finds, or why not, changes no other. */
  void searchBatch(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      BatchSearchRequest batch = BatchSearchRequest.read(exchange.body());
      long end = System.nanoTime() + BATCH_TIME.toNanos();
      List<Answer> answers = new ArrayList<>();
      for (SearchRequest request : batch.queries()) {
        answers.add(searchOne(exchange.name(), lease.index(), request, end));
      }
      exchange.send(new Answer.FoundAll(answers));
    }
  }

  private Answer searchOne(String name, Index index, SearchRequest request, long end) {
    long start = System.nanoTime();
    Duration left = Duration.ofNanos(Math.max(1, end - start));
    Duration timeout = request.timeout();
    boolean own = timeout.isPositive() && timeout.compareTo(left) < 0;
    try {
      Hits hits = search(index, request, own ? timeout : left, start);
      return found(name, request, hits, start);
    } catch (Refusal e) {
      return new Answer.Failure(e.name(), e.reason());
    }
  }
}
