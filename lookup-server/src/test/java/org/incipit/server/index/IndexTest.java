package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Index index;

  @BeforeEach
  void open() throws IOException {
    index = Index.open(folder, IndexConfig.DEFAULT);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private static Batch insert(int id, int... hashes) {
    return Batch.of(new Change.Insert(id, hashes));
  }

  private Hits search(int... hashes) throws IOException {
    return index.search(Query.of(hashes), Duration.ZERO);
  }

  @Test
  void aNewIndexIsAtVersionZeroAndFindsNothing() throws Exception {
    assertEquals(new IndexInfo(0, Map.of(), 0, 0, 0, 0, 0), index.info());
    assertEquals(0, search(1, 2, 3).size());
    assertEquals(OptionalLong.empty(), index.get(1));
  }

  @Test
  void anUpdateIsFoundWhenItHasReturned() throws Exception {
    assertEquals(1, index.update(insert(1001, 11000, 12000, 13000)));
    assertEquals(2, index.update(insert(1002, 11000, 12000, 19000)));
    Hits hits = search(11000, 12000, 13000);
    assertEquals(2, hits.size());
    assertEquals(1001, hits.id(0));
    assertEquals(3, hits.score(0));
    assertEquals(1002, hits.id(1));
    assertEquals(2, hits.score(1));
    assertEquals(OptionalLong.of(2), index.get(1002));
  }

  @Test
  void theVersionGrowsByOneForARequestEvenAnEmptyOne() throws Exception {
    assertEquals(1, index.update(Batch.of()));
    Batch many = Batch.of(new Change.Insert(1, 1), new Change.Insert(2, 1), new Change.Delete(7));
    assertEquals(2, index.update(many));
    assertEquals(2, index.info().version());
  }

  @Test
  void theLastOfSeveralChangesHolds() throws Exception {
    index.update(
        Batch.of(
            new Change.Insert(5, 1, 2),
            new Change.Delete(5),
            new Change.Insert(5, 3),
            new Change.Insert(6, 3),
            new Change.Delete(6)));
    assertEquals(0, search(1, 2).size());
    assertEquals(1, search(3).size());
    assertEquals(OptionalLong.empty(), index.get(6));
  }

  @Test
  void aPositionBecomesTheVersionAndMustAscend() throws Exception {
    OptionalLong none = OptionalLong.empty();
    long high = 0xFFFF_FFFF_FFFF_FFF0L;
    assertEquals(500, index.update(insert(1, 1), none, OptionalLong.of(500)));
    assertEquals(501, index.update(insert(2, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> index.update(insert(3, 1), none, OptionalLong.of(501)));
    assertEquals(high, index.update(insert(3, 1), none, OptionalLong.of(high)));
    assertEquals(high + 1, index.update(insert(4, 1)));
  }

  @Test
  void anotherVersionThanExpectedChangesNothing() throws Exception {
    index.update(insert(1, 1));
    assertThrows(
        VersionMismatchException.class,
        () -> index.update(insert(2, 1), OptionalLong.of(0), OptionalLong.empty()));
    assertEquals(1, index.info().version());
    assertEquals(OptionalLong.empty(), index.get(2));
    assertEquals(2, index.update(insert(2, 1), OptionalLong.of(1), OptionalLong.empty()));
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    index.update(new Batch(List.of(new Change.Insert(-1, 1, -1)), Map.of("name", "é")));
    assertTrue(index.checkpoint(LONG));
    assertEquals(1, index.info().fileVersion());
    index.update(insert(9, 1));
    IndexInfo before = index.info();
    index.close();
    open();
    assertEquals(before, index.info());
    assertEquals(Map.of("name", "é"), index.info().metadata());
    assertEquals(2, search(1).size());
    assertEquals(3, index.update(insert(10, 1)));
  }

  @Test
  void oneWriteIsNotFlushedAtOnce() throws Exception {
    index.update(insert(1, 1));
    assertTrue(index.awaitMaintenance(LONG));
    assertEquals(new IndexInfo(1, Map.of(), 1, 1, 1, 1, 0), index.info());
  }

  @Test
  void aThresholdOfOneFlushesAtOnce() throws Exception {
    index.close();
    index = Index.open(folder, IndexConfig.DEFAULT.withCheckpointPostings(1));
    index.update(insert(1, 1));
    assertTrue(index.awaitMaintenance(LONG));
    assertEquals(1, index.info().fileVersion());
  }

  @Test
  void fiftyBatchesAreNotMergedToOneSegment() throws Exception {
    for (int i = 0; i < 50; i++) {
      List<Change> changes = new ArrayList<>();
      for (int j = 0; j < 1000; j++) {
        int id = 1 + i * 1000 + j;
        int[] hashes = new int[100];
        for (int k = 0; k < hashes.length; k++) {
          hashes[k] = id * 0x9E3779B1 + k * 0x85EBCA6B;
        }
        changes.add(new Change.Insert(id, hashes));
      }
      index.update(new Batch(changes, Map.of()));
    }
    assertTrue(index.awaitMaintenance(LONG));
    assertTrue(index.info().segments() > 1, index.partSizes().toString());
    index.close();
    open();
    assertEquals(50_000, index.info().documents());
  }

  @Test
  void writersWhoWaitTogetherShareASync() throws Exception {
    int writers = 32;
    int each = 50;
    Thread[] threads = new Thread[writers];
    for (int t = 0; t < writers; t++) {
      int first = 1 + t * each;
      threads[t] =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < each; i++) {
                    index.update(insert(first + i, 7, first + i));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(writers * each, index.info().version());
    assertEquals(writers * each, index.search(Query.of(7).withLimit(5000), LONG).size());
    long syncs = index.stats().syncs();
    assertTrue(syncs < writers * each, syncs + " syncs");
  }

  @Test
  void aSearchSeesWholeBatchesOnly() throws Exception {
    AtomicLong done = new AtomicLong();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 1; i <= 300; i++) {
                  index.update(
                      Batch.of(
                          new Change.Insert(1, 1, 2, 1000 + i),
                          new Change.Insert(2, 1, 2, 1000 + i),
                          new Change.Insert(1000 + i, 1, 2000 + i)));
                  done.set(i);
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    while (writer.isAlive()) {
      long before = done.get();
      Hits hits = index.search(Query.of(1).withLimit(5000).withMinScore(1), Duration.ZERO);
      assertTrue(before == 0 || hits.size() >= before + 2, hits.size() + " after " + before);
      Hits pair = index.search(Query.of(2).withMinScore(1), Duration.ZERO);
      assertTrue(pair.size() == 2 || pair.size() == 0 && before == 0, pair.size() + " of a pair");
    }
    writer.join();
    assertEquals(300, done.get());
  }

  @Test
  void anInterruptedWriterDoesNoHarm() throws Exception {
    Thread.currentThread().interrupt();
    index.update(insert(1, 1));
    assertTrue(Thread.interrupted());
    index.update(insert(2, 1));
    assertEquals(2, search(1).size());
  }

  @Test
  void aClosedIndexSaysSoWhateverIsAsked() throws Exception {
    index.close();
    assertThrows(IllegalStateException.class, () -> index.update(insert(1, 1)));
    assertThrows(
        IllegalStateException.class,
        () -> index.update(new Batch(List.of(), Map.of("name", "value"))));
    assertThrows(IllegalStateException.class, () -> search(1));
    assertThrows(IllegalStateException.class, () -> index.get(1));
    assertThrows(IllegalStateException.class, () -> index.info());
    index.close();
  }

  @Test
  void theLongestTimeIsNoneTooLong() throws Exception {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    index.update(insert(1, 1));
    assertTrue(index.checkpoint(longest));
    assertTrue(index.awaitMaintenance(longest));
    assertEquals(1, index.search(Query.of(1), longest).size());
  }

  @Test
  void idZeroAndNonsenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Change.Insert(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Change.Delete(0));
    assertThrows(IllegalArgumentException.class, () -> Query.of(1).withLimit(0));
    assertThrows(IllegalArgumentException.class, () -> Query.of(1).withLimit(Query.MAX_LIMIT + 1));
    assertThrows(IllegalArgumentException.class, () -> Query.of(1).withScorePercent(101));
    assertThrows(
        IllegalArgumentException.class, () -> IndexConfig.DEFAULT.withCheckpointPostings(0));
  }

  @Test
  void documentsOfAnySizeAreHeld() throws Exception {
    int[] large = new int[100_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = i * 40_000;
    }
    index.update(Batch.of(new Change.Insert(1), new Change.Insert(2, 80_000)));
    index.update(Batch.of(new Change.Insert(3, large)));
    assertTrue(index.checkpoint(LONG));
    Hits hits = index.search(Query.of(large), LONG);
    assertEquals(1, hits.size());
    assertEquals(100_000, hits.score(0));
    assertEquals(2, search(80_000).size());
    assertTrue(index.get(1).isPresent());
  }
}
