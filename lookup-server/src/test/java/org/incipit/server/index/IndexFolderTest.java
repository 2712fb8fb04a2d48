package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.incipit.server.index.catalog.IndexPlace;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.check.IndexCheck;
import org.incipit.server.index.check.StoredIndex;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.DirectoryInUseException;
import org.incipit.server.index.file.DirectoryLock;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.incipit.server.index.search.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of an index: who may open it, and what may lie in it. */
class IndexFolderTest {
  private static final Path FOLDER = Path.of("/data/index");

  @TempDir private Path directory;

  private final SimulatedDisk disk = new SimulatedDisk();

  private Index open() throws IOException {
    return Index.openByHand(disk, FOLDER, IndexConfig.DEFAULT);
  }

  private static void insert(Index index, int id) throws IOException {
    index.update(Batch.of(new Change.Insert(id, 1, 2, 3)));
  }

  /** Two segments, and a commit that is in the log only. */
  private void fill() throws IOException {
    try (Index index = open()) {
      for (int id = 1; id <= 2; id++) {
        insert(index, id);
        index.wantCheckpoint();
        index.maintain();
      }
      insert(index, 3);
    }
  }

  @Test
  void whatCannotBeOpenedLeavesNoFileOpen() throws IOException {
    fill();
    disk.put(FOLDER.resolve("left.segment"), new byte[3]);
    disk.watch((operation, file) -> {
      if (operation == Operation.DELETE && file.endsWith("left.segment")) {
        throw new IOException("cannot be deleted");
      }
      return SimulatedDisk.WHOLE;
    });
    assertThrows(IOException.class, this::open);
    assertEquals(0, disk.open());
    disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    try (Index index = open()) {
      assertTrue(index.get(3).isPresent());
    }
  }

  @Test
  void whoIsInterruptedCanDoEverythingAndIsInterruptedAfterwards() throws Exception {
    Path folder = directory.resolve("index");
    Thread.currentThread().interrupt();
    for (int id = 1; id <= 2; id++) {
      try (Index index = Index.openByHand(FileDisk.INSTANCE, folder, IndexConfig.DEFAULT)) {
        insert(index, id);
        index.wantCheckpoint();
        index.maintain();
        assertEquals(id, index.search(Query.of(1, 2, 3), Duration.ZERO).size());
      }
    }
    assertTrue(Thread.interrupted());
  }

  @Test
  void aFolderIsOpenOnceAtATimeWhoeverComesSecond() throws Exception {
    Path folder = directory.resolve("index");
    try (Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      insert(index, 1);
      IOException refused =
          assertThrows(
              DirectoryInUseException.class, () -> Index.open(folder, IndexConfig.DEFAULT));
      assertEquals(
          folder + " is in use by process " + ProcessHandle.current().pid(), refused.getMessage());
      // The lock is that which other processes see, too.
      assertThrows(DirectoryInUseException.class, () -> DirectoryLock.acquire(folder));
      assertThrows(DirectoryInUseException.class, () -> IndexPlace.open(folder, DamageSink.THROW));
      insert(index, 2);
    }
    try (Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      assertTrue(index.get(2).isPresent());
    }
  }

  @Test
  void whoeverClosesReturnsWhenTheIndexIsClosed() throws Exception {
    try (ExecutorService closers = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 50; round++) {
        Index index = open();
        insert(index, round + 1);
        List<Future<Integer>> open = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          open.add(
              closers.submit(() -> {
                index.close();
                return disk.open();
              }));
        }
        for (Future<Integer> left : open) {
          assertEquals(0, left.get(), "files open after close");
        }
      }
    }
  }

  @Test
  void anIndexWithoutItsManifestIsDamagedNotEmpty() throws Exception {
    fill();
    List<String> files = disk.list(FOLDER);
    disk.delete(FOLDER.resolve("manifest"));
    Path manifest = FOLDER.resolve("manifest");
    assertEquals(manifest, assertThrows(CorruptIndexException.class, this::open).file());
    assertEquals(
        manifest,
        assertThrows(CorruptIndexException.class, () -> StoredIndex.open(disk, FOLDER)).file());
    List<Path> damages = new ArrayList<>();
    IndexCheck.Content content =
        IndexCheck.check(disk, FOLDER, damage -> damages.add(damage.file()));
    assertEquals(List.of(manifest), damages);
    assertEquals(2, content.segments(), "what is in segments is read all the same");
    List<String> left = new ArrayList<>(files);
    left.remove("manifest");
    assertEquals(left, disk.list(FOLDER), "nothing else may go");
    for (String name : left) {
      if (!name.endsWith(".log")) {
        disk.delete(FOLDER.resolve(name));
      }
    }
    assertEquals(manifest, assertThrows(CorruptIndexException.class, this::open).file());
  }

  @Test
  void whatWasNeverFinishedGoesWhenTheIndexIsOpened() throws Exception {
    disk.createDirectory(FOLDER);
    disk.put(FOLDER.resolve("manifest.new"), new byte[] {1, 2, 3});
    open().close();
    assertFalse(disk.list(FOLDER).contains("manifest.new"));
    fill();
    disk.put(FOLDER.resolve("manifest.new"), new byte[] {1, 2, 3});
    try (Index index = open()) {
      assertTrue(index.get(3).isPresent());
      assertFalse(disk.list(FOLDER).contains("manifest.new"));
    }
  }

  @Test
  void metadataAboveItsLimitIsRefusedAndNothingIsWritten() throws Exception {
    String quarter = "ä".repeat(2 << 20);
    Index index = open();
    for (String key : List.of("a", "b", "c")) {
      index.update(new Batch(List.of(), Map.of(key, quarter)));
    }
    Batch tooMuch = new Batch(List.of(new Change.Insert(1, 1)), Map.of("d", quarter));
    for (int i = 0; i < 2; i++) {
      IOException refused = assertThrows(MetadataLimitException.class, () -> index.update(tooMuch));
      assertEquals(
          "metadata must be at most 16777216 bytes in all (would be 16777252)",
          refused.getMessage());
    }
    assertEquals(3, index.info().version());
    assertFalse(index.get(1).isPresent());
    index.update(new Batch(List.of(), Map.of("c", "short", "d", "short")));
    index.update(new Batch(List.of(), Map.of("a", quarter)));
    index.close();
    try (Index again = open()) {
      assertEquals(5, again.info().version());
      assertEquals("short", again.info().metadata().get("d"));
    }
  }
}
