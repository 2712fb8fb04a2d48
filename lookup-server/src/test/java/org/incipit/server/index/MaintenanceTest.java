package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.incipit.server.index.search.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges and checkpoints beside everything else. */
class MaintenanceTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path SIMULATED = Path.of("/data/index");

  @TempDir private Path folder;

  private static Batch documents(int first, int count) {
    SplittableRandom random = new SplittableRandom(first);
    List<Change> changes = new ArrayList<>();
    for (int id = first; id < first + count; id++) {
      changes.add(new Change.Insert(id, random.ints(100).toArray()));
    }
    return new Batch(changes, Map.of());
  }

  private List<String> segments() throws IOException {
    return FileDisk.INSTANCE.list(folder).stream()
        .filter(name -> name.endsWith(".segment"))
        .toList();
  }

  @Test
  void aSearchThatHasEndedHoldsMaintenanceBackNoLonger() throws Exception {
    try (Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      index.update(documents(1, 10));
      for (int i = 0; i < 3; i++) {
        index.search(Query.of(1, 2, 3), Duration.ZERO);
        assertEquals(0, index.searching());
        index.search(Query.of(1, 2, 3), Duration.ofNanos(1));
        assertEquals(0, index.searching());
        assertTrue(index.searchAtOnce(Query.of(1, 2, 3), 10_000).isPresent());
        assertEquals(0, index.searching());
        assertTrue(index.searchAtOnce(Query.of(1, 2, 3), 1).isEmpty());
        assertEquals(0, index.searching());
      }
    }
  }

  @Test
  void closingGivesUpAMergeThatSearchesHoldBackAndLeavesNothingOfIt() throws Exception {
    IndexConfig config = IndexConfig.DEFAULT.withMergeBytesPerSecond(1 << 20);
    List<String> before;
    try (Index index = Index.open(folder, config)) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 10; j++) {
          index.update(documents(1 + 50_000 * i + 5000 * j, 5000));
        }
        assertTrue(index.checkpoint(LONG));
      }
      assertTrue(index.awaitMaintenance(LONG));
      before = segments();
      assertTrue(before.size() > 1, before::toString);
      AtomicBoolean done = new AtomicBoolean();
      Thread searcher = Thread.ofPlatform().start(() -> search(index, done));
      index.search(Query.of(1, 2, 3), Duration.ZERO);
      index.optimize();
      while (segments().size() == before.size()) {
        Thread.sleep(1);
      }
      done.set(true);
      searcher.join();
    }
    assertEquals(before, segments());
    try (Index index = Index.open(folder, config)) {
      assertEquals(before.size(), index.info().segments());
      assertEquals(100_000, index.info().documents());
    }
  }

  private static void search(Index index, AtomicBoolean done) {
    try {
      while (!done.get()) {
        index.search(Query.of(1, 2, 3), Duration.ZERO);
        Thread.sleep(10);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitsForMaintenanceIsToldWhenTheIndexIsClosed() throws Exception {
    Index index = Index.openByHand(new SimulatedDisk(), SIMULATED, IndexConfig.DEFAULT);
    index.update(documents(1, 10));
    FutureTask<Boolean> waiting = new FutureTask<>(() -> index.checkpoint(Duration.ofHours(1)));
    Thread waiter = Thread.ofPlatform().start(waiting);
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    index.close();
    assertFalse(waiting.get());
    assertFalse(index.awaitMaintenance(Duration.ofHours(1)));
  }

  @Test
  void whatAFailedMergeLeavesIsDeletedAsSoonAsTheDiskLetsIt() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    try (Index index = Index.openByHand(disk, SIMULATED, IndexConfig.DEFAULT)) {
      index.update(documents(1, 10));
      index.wantCheckpoint();
      disk.watch((operation, file) -> {
        if (operation == Operation.SYNC || operation == Operation.DELETE) {
          throw new IOException(operation + " fails");
        }
        return SimulatedDisk.WHOLE;
      });
      assertThrows(IOException.class, index::maintain);
      disk.watch((operation, file) -> {
        if (operation == Operation.DELETE) {
          throw new IOException(operation + " fails");
        }
        return SimulatedDisk.WHOLE;
      });
      assertThrows(IOException.class, index::maintain);
      disk.watch((operation, file) -> SimulatedDisk.WHOLE);
      index.update(documents(11, 10));
      index.maintain();
      assertEquals(
          List.of("0000000000000001-0000000000000002.segment"),
          disk.list(SIMULATED).stream().filter(name -> name.endsWith(".segment")).toList());
    }
  }

  @Test
  void aLogFileThatCannotBeMadeAheadKeepsNothingElseFromBeingDone() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    IndexConfig config = IndexConfig.DEFAULT.withLogFileBytes(1 << 10);
    try (Index index = Index.openByHand(disk, SIMULATED, config)) {
      disk.watch((operation, file) -> {
        if (file.toString().endsWith(".spare")) {
          throw new IOException("no room for " + file);
        }
        return SimulatedDisk.WHOLE;
      });
      index.update(documents(1, 10));
      index.wantCheckpoint();
      index.maintain();
      assertEquals(1, index.info().segments());
    }
  }

  @Test
  void batchesWithoutPostingsStayFewPartsAndAreCheckpointed() throws IOException {
    IndexConfig config = IndexConfig.DEFAULT.withCheckpointPostings(20_000);
    try (Index index = Index.openByHand(new SimulatedDisk(), SIMULATED, config)) {
      int most = 0;
      for (int i = 1; i <= 100_000; i++) {
        Change change = i % 4 == 0 ? new Change.Insert(i) : new Change.Delete(i);
        index.update(Batch.of(change));
        if (i % 16 == 0) {
          index.maintain();
        }
        most = Math.max(most, index.partSizes().size());
      }
      assertTrue(most < 50, most + " parts");
      assertTrue(index.stats().memoryBytes() < 1 << 20, index.stats()::toString);
      assertTrue(index.info().fileVersion() > 70_000, index.info()::toString);
      assertTrue(index.get(4).isPresent() && index.get(100_000).isPresent());
      assertTrue(index.get(5).isEmpty() && index.get(99_999).isEmpty());
    }
  }

  @Test
  void anUpdateThatFindsMemoryFullHasMadeNothingOfItsBatchYet() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    IndexConfig config = IndexConfig.DEFAULT.withMemoryBytes(1 << 20);
    try (Index index = Index.open(disk, SIMULATED, config)) {
      disk.watch((operation, file) -> {
        if (file.toString().contains(".segment")) {
          throw new IOException(file + ": No space left on device");
        }
        return SimulatedDisk.WHOLE;
      });
      index.update(documents(1, 5000));
      Batch large = Batch.of(new Change.Insert(1, new int[1 << 20]));
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      IOException full = assertThrows(IOException.class, () -> index.update(large));
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(full.getMessage().startsWith("memory is full"), full.getMessage());
      assertTrue(allocated < 1 << 20, allocated + " bytes");
      disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    }
  }
}
