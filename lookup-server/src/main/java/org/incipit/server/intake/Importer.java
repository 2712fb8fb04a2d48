package org.incipit.server.intake;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.Submission;
import org.incipit.server.lookup.CandidateLimits;
import org.incipit.server.lookup.Candidates;
import org.incipit.server.lookup.IndexLoadingException;
import org.incipit.server.task.Joining;

/**
 * Makes tracks of submissions, in their order, on a thread of its own. Several importers may work
 * on one catalogue: one at a time has submissions, and what it has decided without knowing of
 * another's changes is decided again. It looks for submissions at once when it is {@linkplain #wake
 * woken}, and otherwise now and then: another server may have taken some.
 */
public final class Importer implements Closeable {
  private static final Logger LOG = System.getLogger(Importer.class.getName());

  /** How soon to look whether the index is there now. */
  private static final Duration WHILE_LOADING = Duration.ofMillis(100);

  /** Submissions that are decided together. */
  private static final int BATCH = 100;

  /** What may be the same: 20 candidates that have a tenth of the terms of the best. */
  private static final CandidateLimits LIMITS =
      new CandidateLimits(20, 0, 10, Duration.ofSeconds(10));

  private final ImportSource source;
  private final FollowedIndex index;
  private final Decider decider;
  private final int batch;
  private final ImporterCounts counts = new ImporterCounts();
  private final Outage outage = new Outage(LOG, "the import of submissions");
  private final Troubles troubles = new Troubles();
  private final Bell bell = new Bell();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  private Importer(ImportSource source, FollowedIndex index, int batch) {
    this.source = source;
    this.index = index;
    this.batch = batch;
    decider = new Decider(source, new Candidates(index::searchHere, LIMITS));
    thread = Thread.ofPlatform().name("import").daemon().unstarted(this::run);
  }

  /** Begins to import. Catalogue and index must stay open until this is closed. */
  public static Importer start(Catalog catalog, FollowedIndex index) {
    return start(new CatalogSource(catalog), index, BATCH);
  }

  static Importer start(ImportSource source, FollowedIndex index, int batch) {
    Importer importer = new Importer(source, index, batch);
    importer.thread.start();
    return importer;
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        work();
      }
      release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    try {
      boolean more = importSome();
      outage.over();
      if (!more) {
        bell.await(source.poll());
      }
    } catch (IndexLoadingException e) {
      // The index itself tells how far it is.
      bell.await(WHILE_LOADING);
    } catch (IOException | RuntimeException | Error e) {
      // Whoever wakes it; only the end does not wait.
      closing.await(outage.failed(e).toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void release() {
    try {
      source.release();
    } catch (IOException e) {
      LOG.log(Level.INFO, "claims of submissions are left to run out: " + e.getMessage());
    }
  }

  private boolean importSome() throws IOException {
    List<Submission> claimed = source.claim(batch + Math.min(troubles.size(), batch));
    if (claimed.isEmpty()) {
      return false;
    }
    troubles.retain(claimed.stream().map(Submission::id).toList());
    List<Submission> ready =
        claimed.stream().filter(each -> !troubles.rests(each.id())).limit(batch).toList();
    long begun = System.nanoTime();
    try {
      importAll(ready);
    } finally {
      counts.worked(System.nanoTime() - begun);
    }
    return !ready.isEmpty();
  }

  private void importAll(List<Submission> ready) throws IOException {
    List<Submission> sound = new ArrayList<>();
    for (Submission each : ready) {
      if (troubles.has(each.id())) {
        decideAlone(each);
      } else {
        sound.add(each);
      }
    }
    for (List<Submission> portion : Portions.of(sound)) {
      try {
        decide(portion);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "submissions are imported one by one, since that has failed: " + e);
        // It may be what is remembered of the catalogue that is wrong.
        source.forget();
        for (Submission each : portion) {
          decideAlone(each);
        }
      }
    }
  }

  /** Decides until nobody else is faster, or they are not ours to decide. */
  private void decide(List<Submission> submissions) throws IOException {
    FeedHead before = null;
    while (true) {
      // In this order: what comes to the catalogue later is noticed by the head.
      Place place = index.place();
      FeedHead head = source.head();
      if (head.equals(before)) {
        return;
      }
      List<Decision> decisions = decider.decide(place, head, submissions);
      if (place.build() != index.place().build()) {
        throw new IndexLoadingException("the index was built anew meanwhile");
      }
      if (carryOut(head, decisions)) {
        return;
      }
      counts.retried();
      before = head;
    }
  }

  private boolean carryOut(FeedHead head, List<Decision> decisions) throws IOException {
    boolean done = source.decide(head, decisions);
    if (done) {
      counts.decided(decisions);
      index.wake();
    }
    return done;
  }

  /** A submission that we cannot cope with must not keep those behind it from being imported. */
  private void decideAlone(Submission submission) throws IOException {
    try {
      decide(List.of(submission));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "submission " + submission.id() + " could not be imported", e);
      if (!troubles.failed(submission.id())) {
        carryOut(source.head(), List.of(new Decision.Rejected(submission, Refusals.FAILED)));
      }
    }
  }

  /** Makes it look for submissions now. */
  public void wake() {
    bell.ring();
  }

  /** What was done so far. */
  public ImporterStats stats() {
    return counts.stats();
  }

  /** Ends importing: what is being decided is finished, and what is claimed given back. */
  @Override
  public void close() {
    closing.countDown();
    bell.ring();
    Joining.join(thread);
  }
}
