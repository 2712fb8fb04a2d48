package org.incipit.server.fpindex;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.incipit.server.http.HttpError;
import org.incipit.server.index.Index;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.search.Hits;

/** Searches; {@link SearchThreads} says where. */
final class SearchOperations {
  /** A longer body is not read on the event loop, nor one that must be unpacked. */
  private static final int AT_ONCE_BYTES = 1 << 14;

  /** So long a batch goes on before others get their turn. */
  private static final long TURN_NANOS = 1_000_000;

  private final ServiceMetrics metrics;
  private final SearchThreads threads;

  SearchOperations(ServiceMetrics metrics, SearchThreads threads) {
    this.metrics = metrics;
    this.threads = threads;
  }

  /** Searches on the event loop if the index can answer at once. */
  void search(Exchange exchange) throws IOException, Refusal, HttpError {
    long start = System.nanoTime();
    try (IndexLease lease = exchange.lease()) {
      boolean packed = exchange.request().headers().first("Content-Encoding") != null;
      if (packed || exchange.request().body().length > AT_ONCE_BYTES) {
        exchange.handOver(
            threads.small().of(exchange.name()),
            later -> searchSmall(later, SearchRequest.read(later.body()), start));
        return;
      }
      SearchRequest request = SearchRequest.read(exchange.body());
      Index index = lease.index();
      if (index.isInMemory()) {
        Optional<Hits> hits = index.searchAtOnce(request.query(), SearchThreads.SMALL_POSTINGS);
        answer(exchange, request, hits, start);
      } else {
        exchange.handOver(
            threads.small().of(exchange.name()), later -> searchSmall(later, request, start));
      }
    }
  }

  private void searchSmall(Exchange exchange, SearchRequest request, long start)
      throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      answer(exchange, request, within(lease.index(), request, start), start);
    }
  }

  /** What a small search finds; nothing if it is a large one. */
  private static Optional<Hits> within(Index index, SearchRequest request, long start)
      throws Refusal {
    return isLate(request.timeout(), start)
        ? Optional.of(Hits.INCOMPLETE)
        : Storage.call(() -> index.searchWithin(request.query(), SearchThreads.SMALL_POSTINGS));
  }

  /** Answers with what was found, or has it searched where more time is taken. */
  private void answer(Exchange exchange, SearchRequest request, Optional<Hits> hits, long start)
      throws IOException, Refusal, HttpError {
    if (hits.isPresent()) {
      exchange.send(found(exchange.name(), request, hits.get(), start));
    } else {
      exchange.handOver(
          threads.large().of(exchange.name()), later -> searchLarge(later, request, start));
    }
  }

  private void searchLarge(Exchange exchange, SearchRequest request, long start)
      throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      Hits hits = search(lease.index(), request, start);
      exchange.send(found(exchange.name(), request, hits, start));
    }
  }

  /** Searches in what is left of the time since the start; a zero time is none. */
  private static Hits search(Index index, SearchRequest request, long start) throws Refusal {
    Duration timeout = request.timeout();
    if (timeout.isZero()) {
      return Storage.call(() -> index.search(request.query(), Duration.ZERO));
    }
    Duration left = timeout.minusNanos(System.nanoTime() - start);
    return left.isPositive()
        ? Storage.call(() -> index.search(request.query(), left))
        : Hits.INCOMPLETE;
  }

  private static boolean isLate(Duration timeout, long start) {
    return timeout.isPositive() && System.nanoTime() - start >= timeout.toNanos();
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

  /**
   * Searches one after the other. What one of them finds, or why not, changes no other. Now and
   * then others get their turn.
   */
  void searchBatch(Exchange exchange) throws IOException, Refusal, HttpError {
    // Before anything is read of a body that may be long.
    exchange.lease().close();
    exchange.handOver(
        threads.small().of(exchange.name()),
        later -> goOn(later, new SearchBatch(BatchSearchRequest.read(later.body()))));
  }

  private void goOn(Exchange exchange, SearchBatch batch) throws IOException, Refusal, HttpError {
    long turn = System.nanoTime();
    for (long now = turn; now - turn < TURN_NANOS || batch.isLate(now); now = System.nanoTime()) {
      if (batch.isDone()) {
        exchange.send(batch.answer());
        return;
      }
      long start = now;
      SearchRequest request = batch.next(start);
      try (IndexLease lease = exchange.lease()) {
        Optional<Hits> hits = within(lease.index(), request, start);
        if (hits.isEmpty()) {
          exchange.handOver(
              threads.large().furtherOf(exchange.name()),
              later -> goOnLarge(later, batch, request, start));
          return;
        }
        batch.add(found(exchange.name(), request, hits.get(), start));
      } catch (Refusal e) {
        batch.add(new Answer.Failure(e.name(), e.reason()));
      }
    }
    handOver(exchange, batch);
  }

  private void goOnLarge(Exchange exchange, SearchBatch batch, SearchRequest request, long start)
      throws HttpError {
    try (IndexLease lease = exchange.lease()) {
      Hits hits = search(lease.index(), request, start);
      batch.add(found(exchange.name(), request, hits, start));
    } catch (Refusal e) {
      batch.add(new Answer.Failure(e.name(), e.reason()));
    }
    handOver(exchange, batch);
  }

  private void handOver(Exchange exchange, SearchBatch batch) throws HttpError {
    exchange.handOver(threads.small().furtherOf(exchange.name()), later -> goOn(later, batch));
  }
}
