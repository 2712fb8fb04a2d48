package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.search.Query;
import org.incipit.server.lookup.IndexBusyException;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches that cannot be made at once, or meet damage. */
class FollowedSearchTest {
  private static final Query QUERY = Query.of(QueryExtractor.extract(Tunes.tune(1, 200)));

  @TempDir Path folder;

  private interface Searching {
    void in(FollowedIndex index) throws IOException;
  }

  /** With an index of one tune, of which all searches need the threads. */
  private void with(Executor threads, Searching searching) throws IOException {
    MadeUpFeed feed = new MadeUpFeed();
    feed.add(1, Tunes.tune(1, 200));
    try (IndexCatalog indexes = IndexCatalog.open(folder, IndexConfig.DEFAULT);
        FollowedIndex index = FollowedIndex.start(indexes, feed, threads, 10, 0)) {
      Intake.await(index::isCurrent);
      searching.in(index);
    }
  }

  @Test
  void theThreadsFindWhatCannotBeFoundAtOnce() throws IOException {
    with(Runnable::run, index -> assertEquals(1, index.search(QUERY, Duration.ofMinutes(1)).id(0)));
  }

  @Test
  void whenTheThreadsTakeNoMoreItIsBusy() throws IOException {
    with(
        task -> {
          throw new RejectedExecutionException("full");
        },
        index ->
            assertThrows(
                IndexBusyException.class, () -> index.search(QUERY, Duration.ofMinutes(1))));
  }

  @Test
  void aSearchThatIsNotDoneInTimeIsNotComplete() throws IOException {
    with(
        task -> {},
        index -> assertEquals(false, index.search(QUERY, Duration.ofMillis(20)).isComplete()));
  }

  @Test
  void damageThatIsFoundWhileItServesMakesItBeBuiltAnew() throws Exception {
    int tunes = 40;
    try (Intake intake = new Intake(Store.SQLITE, folder)) {
      intake.importing(100);
      for (int i = 0; i < tunes; i++) {
        intake.submit(Tunes.tune(i, 400), 50);
      }
      intake.track(Tunes.tune(tunes, 400), 50);
      intake.awaitIndex();
      try (IndexLease lease = intake.indexes().lease(FollowedIndex.NAME)) {
        assertTrue(lease.index().checkpoint(Duration.ofMinutes(1)));
      }
    }
    flip();
    try (Intake intake = new Intake(Store.SQLITE, folder)) {
      Intake.await(() -> generation(intake) == 2);
      intake.awaitIndex();
      for (int i = 0; i <= tunes; i++) {
        assertEquals(1, intake.find(Tunes.tune(i, 400), 50).size());
      }
    }
  }

  private void flip() throws IOException {
    List<Path> segments;
    try (Stream<Path> files = Files.walk(folder)) {
      segments = files.filter(file -> file.toString().endsWith(".segment")).toList();
    }
    byte[] bytes = Files.readAllBytes(segments.getFirst());
    bytes[bytes.length / 2] ^= 4;
    Files.write(segments.getFirst(), bytes);
  }

  private static long generation(Intake intake) {
    try (IndexLease lease = intake.indexes().lease(FollowedIndex.NAME)) {
      return lease.generation();
    } catch (IOException e) {
      return 0;
    }
  }
}
