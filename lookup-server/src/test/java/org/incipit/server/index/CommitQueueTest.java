package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer is in the middle of its sync while others come; then the sync ends in some way. */
class CommitQueueTest {
  private static final Path FOLDER = Path.of("/data/index");
  private static final int OTHERS = 12;

  /** How the sync of the first writer ends. */
  @FunctionalInterface
  private interface End {
    void end() throws IOException;
  }

  private final SimulatedDisk disk = new SimulatedDisk();
  private final List<FutureTask<Long>> updates = new ArrayList<>();
  private Index index;

  @BeforeEach
  void open() throws IOException {
    index = Index.openByHand(disk, FOLDER, IndexConfig.DEFAULT);
    index.update(Batch.of(new Change.Insert(1000, 1)));
  }

  private Thread startUpdate(int id) {
    FutureTask<Long> update =
        new FutureTask<>(() -> index.update(Batch.of(new Change.Insert(id, id))));
    updates.add(update);
    return Thread.ofPlatform().start(update);
  }

  /** All updates, the first of which syncs until the others wait. */
  private void update(End end) {
    AtomicBoolean syncing = new AtomicBoolean();
    AtomicBoolean waiting = new AtomicBoolean();
    disk.watch((operation, file) -> {
      if (operation == Operation.SYNC && !syncing.getAndSet(true)) {
        while (!waiting.get()) {
          Thread.onSpinWait();
        }
        end.end();
      }
      return SimulatedDisk.WHOLE;
    });
    startUpdate(1);
    while (!syncing.get()) {
      Thread.onSpinWait();
    }
    for (int i = 2; i < 2 + OTHERS; i++) {
      Thread other = startUpdate(i);
      while (other.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    waiting.set(true);
  }

  @Test
  void allWhoWaitShareTheNextSync() throws Exception {
    long before = index.stats().syncs();
    update(() -> {});
    for (int i = 0; i < updates.size(); i++) {
      assertEquals(2 + i, updates.get(i).get());
    }
    assertEquals(before + 2, index.stats().syncs());
    reopenWith(2 + OTHERS);
  }

  @Test
  void aFailedSyncFailsAllWhoWait() throws Exception {
    update(() -> {
      throw new IOException("no sync today");
    });
    requireAllFailed("no sync today");
    assertEquals(2, index.update(Batch.of(new Change.Insert(1, 1))));
    reopenWith(2);
  }

  @Test
  void anErrorLeavesNobodyWaiting() throws Exception {
    update(() -> {
      throw new OutOfMemoryError("for a test");
    });
    requireAllFailed("for a test");
    assertEquals(2, index.update(Batch.of(new Change.Insert(1, 1))));
    reopenWith(2);
  }

  private void requireAllFailed(String why) {
    for (FutureTask<Long> update : updates) {
      ExecutionException failed = assertThrows(ExecutionException.class, update::get);
      IOException refused = assertInstanceOf(IOException.class, failed.getCause());
      assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
    assertEquals(1, index.info().version());
    assertFalse(index.get(1).isPresent());
  }

  private void reopenWith(long version) throws IOException {
    index.close();
    try (Index again = Index.openByHand(disk, FOLDER, IndexConfig.DEFAULT)) {
      assertEquals(version, again.info().version());
    }
    assertEquals(0, disk.open());
  }
}
