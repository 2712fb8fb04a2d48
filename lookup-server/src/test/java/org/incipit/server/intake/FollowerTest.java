package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each step by itself. */
class FollowerTest {
  @TempDir Path folder;

  private final MadeUpFeed feed = new MadeUpFeed();
  private IndexCatalog indexes;
  private Follower follower;

  @BeforeEach
  void open() throws IOException {
    indexes = IndexCatalog.open(folder, IndexConfig.DEFAULT);
    follower = new Follower(indexes, feed, 3);
    for (int i = 1; i <= 5; i++) {
      feed.add(100 + i, tune(i));
    }
  }

  @AfterEach
  void close() throws IOException {
    indexes.close();
  }

  private static Fingerprint tune(int number) {
    return Tunes.tune(number, 200);
  }

  private void level() throws IOException {
    int steps = 0;
    while (follower.step() != Follower.Step.LEVEL) {
      assertTrue(steps++ < 10);
    }
    assertTrue(follower.isCurrent());
    assertEquals(0, follower.lag());
  }

  private List<Integer> search(int tune) throws IOException {
    try (IndexLease lease = indexes.lease(FollowedIndex.NAME)) {
      Query query = Query.of(QueryExtractor.extract(tune(tune))).withMinScore(50);
      Hits hits = lease.index().search(query, Duration.ofMinutes(1));
      return hits.size() == 0 ? List.of() : List.of(hits.id(0));
    }
  }

  @Test
  void stepsGoOnToTheHead() throws IOException {
    assertEquals(Follower.Step.BEHIND, follower.step());
    assertEquals(3, follower.place().position());
    assertEquals(2, follower.lag());
    assertFalse(follower.isCurrent());
    assertEquals(Follower.Step.LEVEL, follower.step());
    assertTrue(follower.isCurrent());
    assertEquals(List.of(5), search(5));
  }

  @Test
  void whileNothingChangesNoChangeIsRead() throws IOException {
    level();
    int reads = feed.reads();
    assertEquals(Follower.Step.LEVEL, follower.step());
    assertEquals(Follower.Step.LEVEL, follower.step());
    assertEquals(reads, feed.reads());
  }

  @Test
  void noStepOfAnOutageLooksLikeASuccess() throws IOException {
    level();
    feed.add(106, tune(6));
    feed.fail(new IOException("away"));
    for (int i = 0; i < 5; i++) {
      assertThrows(IOException.class, follower::step);
    }
    feed.fail(null);
    level();
    assertEquals(List.of(6), search(6));
  }

  @Test
  void howFarItIsBehindIsKnownAlsoWhenItOnceKnewAll() throws IOException {
    level();
    feed.add(106, tune(6));
    feed.add(107, tune(7));
    feed.fail(new IOException("away"));
    assertThrows(IOException.class, follower::step);
    assertTrue(follower.isCurrent());
    assertEquals(2, follower.lag());
  }

  @Test
  void aFingerprintThatCannotBeReadStopsNobody() throws IOException {
    feed.add(106, null);
    level();
    assertEquals(Follower.Step.LEVEL, follower.step());
    feed.add(107, tune(7));
    feed.add(108, null);
    level();
    assertEquals(List.of(7), search(7));
    Follower again = new Follower(indexes, feed, 3);
    assertEquals(Follower.Step.LEVEL, again.step());
    assertEquals(8, again.place().position());
  }

  @Test
  void aDeletedIndexKnowsNothingBeforeThereIsAnother() throws IOException {
    level();
    indexes.delete(FollowedIndex.NAME, true);
    int build = follower.place().build();
    assertEquals(Follower.Step.LOST, follower.step());
    assertFalse(follower.isCurrent());
    assertFalse(indexes.names().contains(FollowedIndex.NAME));
    assertTrue(follower.place().build() > build);
    assertEquals(Follower.Step.BEHIND, follower.step());
    assertFalse(follower.isCurrent());
    level();
    assertEquals(List.of(1), search(1));
  }

  @Test
  void oneThatIsDeletedInAnOutageKnowsNothingAfterIt() throws IOException {
    level();
    feed.add(106, tune(6));
    feed.fail(new IOException("away"));
    assertThrows(IOException.class, follower::step);
    indexes.delete(FollowedIndex.NAME, true);
    assertThrows(IOException.class, follower::step);
    assertFalse(follower.isCurrent());
    feed.fail(null);
    level();
    assertEquals(List.of(6), search(6));
  }

  @Test
  void anotherHistoryIsNoticedAndWhatIsKeptOfTheOldOneForgotten() throws IOException {
    level();
    feed.undo(2);
    feed.add(204, tune(14));
    feed.add(205, tune(15));
    assertEquals(Follower.Step.LOST, follower.step());
    assertFalse(follower.isCurrent());
    assertEquals(1, feed.forgotten());
    level();
    assertEquals(List.of(), search(4));
    assertEquals(List.of(4), search(14));
  }

  @Test
  void aHistoryThatEndsBeforeTheIndexIsAnother() throws IOException {
    level();
    feed.undo(2);
    assertEquals(Follower.Step.LOST, follower.step());
    level();
    assertEquals(List.of(), search(5));
    assertEquals(List.of(3), search(3));
  }

  @Test
  void afterAnErrorItGoesOn() throws IOException {
    InternalError torn = new InternalError("torn");
    feed.fail(torn);
    assertSame(torn, assertThrows(InternalError.class, follower::step));
    feed.fail(null);
    level();
  }
}
