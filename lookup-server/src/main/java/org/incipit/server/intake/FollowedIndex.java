package org.incipit.server.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexDamagedException;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.catalog.IndexNotFoundException;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.lookup.CandidateIndex;
import org.incipit.server.lookup.IndexBusyException;
import org.incipit.server.lookup.IndexLoadingException;
import org.incipit.server.task.Joining;
import org.jspecify.annotations.Nullable;

/**
 * The index of a catalogue, which a thread of its own keeps up with it: missing, it is created;
 * damaged, of another catalogue or of another history, it is built anew; behind, it catches up. It
 * looks for changes at once when it is {@linkplain #wake woken}, and otherwise now and then: other
 * servers may have imported some.
 */
public final class FollowedIndex implements CandidateIndex, Closeable {
  /** Its name among the indexes of a directory, which is reserved for it. */
  public static final String NAME = "_catalog";

  private static final Logger LOG = System.getLogger(FollowedIndex.class.getName());

  /** Changes of a batch; each is synced once. */
  private static final int BATCH = 1000;

  /** What a search may cost that is made on the calling thread: some hundred microseconds. */
  private static final long SMALL_POSTINGS = 200_000;

  private final IndexCatalog indexes;
  private final Executor searches;
  private final Follower follower;
  private final long smallPostings;
  private final Bell bell = new Bell();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  private FollowedIndex(
      IndexCatalog indexes, Executor searches, Follower follower, long smallPostings) {
    this.indexes = indexes;
    this.searches = searches;
    this.follower = follower;
    this.smallPostings = smallPostings;
    thread = Thread.ofPlatform().name("catalog-index").daemon().unstarted(this::run);
  }

  /**
   * Begins to follow a catalogue. Both must stay open until this is closed.
   *
   * @param searches platform threads for searches that may wait for the disk
   */
  public static FollowedIndex start(IndexCatalog indexes, Catalog catalog, Executor searches) {
    return start(indexes, new CatalogSource(catalog), searches, BATCH);
  }

  static FollowedIndex start(
      IndexCatalog indexes, ChangeSource source, Executor searches, int batch) {
    return start(indexes, source, searches, batch, SMALL_POSTINGS);
  }

  static FollowedIndex start(
      IndexCatalog indexes, ChangeSource source, Executor searches, int batch, long smallPostings) {
    Follower follower = new Follower(indexes, source, batch);
    FollowedIndex index = new FollowedIndex(indexes, searches, follower, smallPostings);
    index.thread.start();
    return index;
  }

  private void run() {
    Outage outage = new Outage(LOG, "index " + NAME);
    try {
      while (closing.getCount() > 0) {
        follow(outage);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Outage outage) throws InterruptedException {
    try {
      Follower.Step step = follower.step();
      failure = null;
      switch (step) {
        case BEHIND -> outage.over();
        case LEVEL -> {
          outage.over();
          bell.await(follower.poll());
        }
        case LOST -> rest(outage.pause());
      }
    } catch (IOException | RuntimeException | Error e) {
      // An error, too: where a file cannot be read any more, its mapping throws one.
      failure = e;
      rest(outage.failed(e));
    }
  }

  /** Waits, whoever wakes it, unless it is closed. */
  private void rest(Duration pause) throws InterruptedException {
    closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Searches: at once if that is a small matter and in memory, otherwise on one of the threads for
   * searches. Waits.
   *
   * @param timeout of waiting and searching together; positive
   * @throws IndexLoadingException until it has caught up with the catalogue once, and while it is
   *     built anew
   * @throws IndexBusyException if the threads take no more searches
   */
  @Override
  public Hits search(Query query, Duration timeout) throws IOException {
    return whileCurrent(() -> {
      Optional<Hits> found = searchAtOnce(query);
      return found.isPresent() ? found.get() : searchElsewhere(query, timeout);
    });
  }

  /** The same on the calling thread, a platform thread that may wait for the disk. */
  Hits searchHere(Query query, Duration timeout) throws IOException {
    return whileCurrent(() -> searchNow(query, timeout));
  }

  /** A search of the index that is there. */
  private interface Search {
    Hits run() throws IOException;
  }

  private Hits whileCurrent(Search search) throws IOException {
    Place before = follower.place();
    if (!follower.isCurrent()) {
      throw new IndexLoadingException(
          "the index is being built: " + Progress.share(before.position(), follower.head()));
    }
    try {
      Hits hits = search.run();
      if (follower.place().build() == before.build()) {
        return hits;
      }
    } catch (IndexNotFoundException | IndexDamagedException | CorruptIndexException e) {
      wake();
    } catch (InternalError e) {
      throw new IOException("the files of the index cannot be read", e);
    }
    throw new IndexLoadingException("the index is being built anew");
  }

  private Optional<Hits> searchAtOnce(Query query) throws IOException {
    try (IndexLease lease = indexes.lease(NAME)) {
      return lease.index().searchAtOnce(query, smallPostings);
    }
  }

  private Hits searchElsewhere(Query query, Duration timeout) throws IOException {
    long begun = System.nanoTime();
    FutureTask<Hits> search =
        new FutureTask<>(() -> searchNow(query, timeout.minusNanos(System.nanoTime() - begun)));
    try {
      searches.execute(search);
      return search.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IndexBusyException(e);
    } catch (TimeoutException e) {
      // Without an interrupt: the search ends by itself.
      search.cancel(false);
      return Hits.INCOMPLETE;
    } catch (InterruptedException e) {
      search.cancel(false);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a search was waited for");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException failure -> failure;
      case null, default -> new IOException("a search has failed: " + e.getCause(), e);
    };
  }

  private Hits searchNow(Query query, Duration left) throws IOException {
    if (!left.isPositive()) {
      return Hits.INCOMPLETE;
    }
    try (IndexLease lease = indexes.lease(NAME)) {
      return lease.index().search(query, left);
    }
  }

  /** Makes it look for changes now. */
  public void wake() {
    bell.ring();
  }

  /** The last change of the catalogue that it knows; searches that begin now see it. */
  public long position() {
    return follower.place().position();
  }

  /** The same with its mark. */
  Place place() {
    return follower.place();
  }

  /** Whether it has known all of the catalogue since it was opened or built anew. */
  public boolean isCurrent() {
    return follower.isCurrent();
  }

  /** How many changes it is behind, as far as it could see when it last looked. */
  public long lag() {
    return follower.lag();
  }

  /** Why it could not look for changes, or take them over, when it last tried; null if it could. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Ends following; waits for what is being written. */
  @Override
  public void close() {
    closing.countDown();
    bell.ring();
    Joining.join(thread);
  }
}
