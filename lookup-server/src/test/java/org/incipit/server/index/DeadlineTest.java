package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.search.Scratch;
import org.incipit.server.index.segment.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search waits for, and for how long. */
class DeadlineTest {
  @TempDir private Path folder;

  @Test
  void whoWaitsForAScratchWaitsUntilTheDeadlineOnly() {
    ScratchPool pool = new ScratchPool(1);
    Scratch scratch = pool.tryLease();
    assertNotNull(scratch);
    assertNull(pool.tryLease());
    assertNull(pool.lease(Deadline.in(Duration.ofMillis(5))));
    pool.giveBack(scratch);
    assertEquals(scratch, pool.lease(Deadline.in(Duration.ofMillis(5))));
  }

  @Test
  void whoIsInterruptedWaitsOnAndIsInterruptedAfterwards() throws Exception {
    ScratchPool pool = new ScratchPool(1);
    Scratch scratch = pool.lease(Deadline.in(Duration.ZERO));
    assertNotNull(scratch);
    boolean[] interrupted = new boolean[1];
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              if (pool.lease(Deadline.in(Duration.ZERO)) == scratch) {
                interrupted[0] = Thread.currentThread().isInterrupted();
              }
            });
    waiter.join(20);
    assertTrue(waiter.isAlive());
    pool.giveBack(scratch);
    waiter.join();
    assertTrue(interrupted[0]);
  }

  @Test
  void theLongestDurationIsNoDeadlineAndANegativeOneIsRefused() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    assertFalse(Deadline.in(longest).getAsBoolean());
    assertEquals(Long.MAX_VALUE, Deadline.in(longest).left());
    assertEquals(Long.MAX_VALUE, Deadline.in(Duration.ZERO).left());
    assertThrows(IllegalArgumentException.class, () -> Deadline.in(Duration.ofNanos(-1)));
  }

  @Test
  void aSearchWhoseDeadlinePassedIsIncompleteAndHasNoHits() throws Exception {
    try (Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      index.update(Batch.of(new Change.Insert(1, 5)));
      Hits hits = index.search(Query.of(5), Duration.ofNanos(1));
      assertFalse(hits.isComplete());
      assertEquals(0, hits.size());
      assertEquals(1, index.search(Query.of(5), Duration.ofSeconds(Long.MAX_VALUE)).size());
    }
  }

  @Test
  void aSearchAtOnceIsMadeOnlyOfWhatIsInMemory() throws Exception {
    Query query = Query.of(5);
    for (Segment.Residence residence : Segment.Residence.values()) {
      Path path = folder.resolve(residence.toString());
      try (Index index = Index.open(path, IndexConfig.DEFAULT.withResidence(residence))) {
        assertEquals(0, index.searchAtOnce(query, 1000).orElseThrow().size());
        index.update(Batch.of(new Change.Insert(1, 5), new Change.Insert(2, 5)));
        assertEquals(2, index.searchAtOnce(query, 1000).orElseThrow().size());
        assertEquals(Optional.empty(), index.searchAtOnce(query, 1));
        assertTrue(index.checkpoint(Duration.ofSeconds(20)));
        List<Integer> sizes = index.searchAtOnce(query, 1000).stream().map(Hits::size).toList();
        assertEquals(residence == Segment.Residence.LOADED ? List.of(2) : List.of(), sizes);
      }
    }
  }
}
