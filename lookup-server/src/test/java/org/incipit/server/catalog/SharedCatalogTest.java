package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several programs on one database, which only PostgreSQL allows. */
class SharedCatalogTest {
  @TempDir private Path directory;

  @Test
  void nobodyClaimsWhileAnotherHasAClaim() throws Exception {
    try (TestCatalog store = new TestCatalog(Store.POSTGRES.config(directory))) {
      Catalog one = store.catalog();
      Catalog other = store.another();
      one.submissions().add(List.of(Samples.submission(1), Samples.submission(2)));
      Submission first = one.submissions().claim(1).getFirst();
      assertEquals(List.of(), other.submissions().claim(10));

      other.submissions().release();
      assertEquals(List.of(), other.submissions().claim(10), "it gives back only its own");

      assertTrue(reject(one, first));
      Submission second = other.submissions().claim(10).getFirst();
      assertEquals(List.of(), one.submissions().claim(10), "what was claimed is decided");

      other.submissions().release();
      assertEquals(List.of(second), one.submissions().claim(10));
    }
  }

  @Test
  void whatCameLaterIsNotClaimedByAnotherEither() throws Exception {
    try (TestCatalog store = new TestCatalog(Store.POSTGRES.config(directory))) {
      Catalog one = store.catalog();
      Samples.claimed(one, Samples.submission(1));
      store.another().submissions().add(List.of(Samples.submission(2)));
      assertEquals(List.of(), store.another().submissions().claim(10));
      assertEquals(2, one.submissions().claim(10).size());
    }
  }

  @Test
  void aClaimEndsByItself() throws Exception {
    try (TestCatalog store = new TestCatalog(Store.POSTGRES.config(directory))) {
      Submissions one = new Submissions(store.database(), new DamagedRows(), Duration.ofHours(1));
      Submissions other = new Submissions(store.database(), new DamagedRows(), Duration.ofHours(1));
      one.add(List.of(Samples.submission(1)));
      List<Submission> claimed = one.claim(1);
      assertEquals(List.of(), other.claim(1));
      store.execute("UPDATE feed SET claimed_until = claimed_until - 3599000000");
      assertEquals(List.of(), other.claim(1), "a second is left");
      store.execute("UPDATE feed SET claimed_until = claimed_until - 1000000");
      assertEquals(claimed, other.claim(1));
      assertEquals(List.of(), one.claim(1));
    }
  }

  @Test
  void whoseClaimHasEndedStillDecidesOnce() throws Exception {
    try (TestCatalog store = new TestCatalog(Store.POSTGRES.config(directory))) {
      Submissions one = new Submissions(store.database(), new DamagedRows(), Duration.ZERO);
      Catalog other = store.another();
      one.add(List.of(Samples.submission(1)));
      Submission submission = one.claim(1).getFirst();
      assertEquals(List.of(submission), other.submissions().claim(1));
      assertTrue(reject(store.catalog(), submission));
      assertFalse(reject(other, submission));
    }
  }

  @Test
  void aChangeThatCommitsLateIsNotSkipped() throws Exception {
    try (TestCatalog store = new TestCatalog(Store.POSTGRES.config(directory));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Catalog catalog = store.catalog();
      Catalog other = store.another();
      List<Submission> claimed =
          Samples.claimed(catalog, Samples.submission(1), Samples.submission(2));
      FeedHead before = catalog.feed().head();
      FeedHead between = new FeedHead(1, 1, 1);
      CountDownLatch isWritten = new CountDownLatch(1);
      CountDownLatch mayCommit = new CountDownLatch(1);
      Future<Boolean> late =
          threads.submit(() ->
              store
                  .database()
                  .write(session -> {
                    FeedRow.lock(session);
                    new DecisionRows(before, founding(claimed.get(0), before)).write(session);
                    isWritten.countDown();
                    await(mayCommit);
                    return true;
                  }));
      isWritten.await();
      Future<Boolean> second =
          threads.submit(() -> other.feed().decide(between, founding(claimed.get(1), between)));
      waitForBlocked(store);
      assertEquals(List.of(), other.feed().after(0, 10), "neither has committed");
      assertFalse(second.isDone());

      mayCommit.countDown();
      assertTrue(late.get());
      assertTrue(second.get());
      assertEquals(
          List.of(1L, 2L), other.feed().after(0, 10).stream().map(FeedChange::position).toList());
    }
  }

  @Test
  void importersThatRaceImportEachOnceAndInOrder() throws Exception {
    int count = 60;
    try (TestCatalog store = new TestCatalog(Store.POSTGRES.config(directory));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> importers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        // A claim that ends at once holds nobody off: only deciding keeps them apart.
        Submissions submissions =
            new Submissions(
                store.database(),
                new DamagedRows(),
                i == 3 ? Duration.ofMillis(50) : Duration.ZERO);
        Feed feed = new Feed(store.database(), new DamagedRows());
        importers.add(threads.submit(importer(submissions, feed, count)));
      }
      for (int i = 0; i < count; i += 3) {
        store
            .catalog()
            .submissions()
            .add(
                List.of(
                    Samples.submission(i), Samples.submission(i + 1), Samples.submission(i + 2)));
      }
      int sum = 0;
      for (Future<Integer> importer : importers) {
        sum += importer.get();
      }
      assertEquals(count, sum);
      List<FeedChange> changes = store.catalog().feed().after(0, 1000);
      assertEquals(count, changes.size());
      for (int i = 0; i < count; i++) {
        assertEquals(i + 1, changes.get(i).position());
        assertEquals(Samples.fingerprint(i), changes.get(i).fingerprint());
      }
    }
  }

  /** Founds tracks until the feed stands at a position; counts how many it was that did it. */
  private static Callable<Integer> importer(Submissions submissions, Feed feed, long until) {
    return () -> {
      int done = 0;
      FeedHead head = feed.head();
      while (head.position() < until) {
        List<Submission> claimed = submissions.claim(5);
        List<Decision> decisions = new ArrayList<>();
        FeedHead next = head;
        for (Submission submission : claimed) {
          decisions.addAll(founding(submission, next));
          next =
              new FeedHead(next.position() + 1, next.lastFingerprint() + 1, next.lastTrack() + 1);
        }
        if (feed.decide(head, decisions)) {
          done += decisions.size();
        }
        head = feed.head();
      }
      return done;
    };
  }

  private static List<Decision> founding(Submission submission, FeedHead head) {
    long track = head.lastTrack() + 1;
    return List.of(
        new Decision.Founded(submission, head.lastFingerprint() + 1, track, Samples.uuid(track)));
  }

  private static boolean reject(Catalog catalog, Submission submission) throws CatalogException {
    return catalog
        .feed()
        .decide(catalog.feed().head(), List.of(new Decision.Rejected(submission, "short")));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until somebody waits for a lock. */
  private static void waitForBlocked(TestCatalog store) throws Exception {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while (store.number(waiting) == 0) {
      Thread.sleep(5);
    }
  }
}
