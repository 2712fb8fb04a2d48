package org.incipit.server.index.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexExistsException.Conflict;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DirectoryInUseException;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.snapshot.SnapshotFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCatalogTest {
  private static final OptionalLong ANY = OptionalLong.empty();

  @TempDir private Path directory;

  private IndexCatalog open() throws IOException {
    return IndexCatalog.open(directory, IndexConfig.DEFAULT);
  }

  private Path folder(String name, long generation) {
    return directory.resolve("index").resolve(name).resolve(Long.toString(generation));
  }

  private static void insert(IndexCatalog catalog, String name, int id) throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
      lease.index().update(Batch.of(new Change.Insert(id, 1, 2, 3)));
    }
  }

  private static boolean has(IndexCatalog catalog, String name, int id) throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
      return lease.index().get(id).isPresent();
    }
  }

  @Test
  void generationsAscendThroughDeletionsAndRestarts() throws Exception {
    try (IndexCatalog catalog = open()) {
      assertEquals(1, catalog.create("a", false, ANY));
      assertEquals(1, catalog.create("a", false, ANY));
      assertTrue(catalog.delete("a", true));
      assertEquals(2, catalog.create("a", true, ANY));
    }
    try (IndexCatalog catalog = open()) {
      assertEquals(2, catalog.create("a", false, ANY));
      assertTrue(catalog.delete("a", false));
    }
    try (IndexCatalog catalog = open()) {
      assertEquals(List.of(), catalog.names());
      assertEquals(3, catalog.create("a", false, ANY));
      assertEquals(1, catalog.create("b", false, ANY));
      assertEquals(List.of("a", "b"), catalog.names());
    }
  }

  @Test
  void severalAreOpenedAtOnceAndADamagedOneIsTold() throws Exception {
    try (IndexCatalog catalog = open()) {
      for (int i = 0; i < 9; i++) {
        catalog.create("i" + i, false, ANY);
        insert(catalog, "i" + i, 1 + i);
      }
    }
    Files.delete(folder("i4", 1).resolve("manifest"));
    try (IndexCatalog catalog = IndexCatalog.open(directory, IndexConfig.DEFAULT, 4)) {
      assertEquals(Set.of("i4"), catalog.damaged().keySet());
      assertEquals(8, catalog.names().size());
      for (String name : catalog.names()) {
        assertTrue(has(catalog, name, 1 + Integer.parseInt(name.substring(1))), name);
      }
    }
  }

  @Test
  void aGenerationIsTakenAsGivenIfItIsAboveTheLastOne() throws Exception {
    try (IndexCatalog catalog = open()) {
      assertEquals(5, catalog.create("a", false, OptionalLong.of(5)));
      assertEquals(5, catalog.create("a", false, OptionalLong.of(5)));
      assertEquals(Conflict.OLDER, conflict(catalog, false, 4));
      assertEquals(Conflict.NEWER, conflict(catalog, false, 6));
      assertEquals(Conflict.EXISTS, conflict(catalog, true, 5));
      assertTrue(catalog.delete("a", false));
      assertEquals(Conflict.OLDER, conflict(catalog, false, 5));
      assertEquals(-1, catalog.create("a", false, OptionalLong.of(-1)), "generations are unsigned");
      try (IndexLease lease = catalog.lease("a")) {
        assertEquals(-1, lease.generation());
      }
    }
  }

  private static Conflict conflict(IndexCatalog catalog, boolean expectsNone, long generation) {
    return assertThrows(
            IndexExistsException.class,
            () -> catalog.create("a", expectsNone, OptionalLong.of(generation)))
        .conflict();
  }

  @Test
  void nothingOfADeletedIndexComesBack() throws Exception {
    try (IndexCatalog catalog = open()) {
      catalog.create("a", false, ANY);
      insert(catalog, "a", 1);
      catalog.delete("a", true);
      assertThrows(IndexNotFoundException.class, () -> catalog.lease("a"));
      catalog.create("a", false, ANY);
      assertFalse(has(catalog, "a", 1));
      insert(catalog, "a", 2);
    }
    try (IndexCatalog catalog = open()) {
      assertFalse(has(catalog, "a", 1));
      assertTrue(has(catalog, "a", 2));
    }
    assertFalse(Files.exists(folder("a", 1)));
  }

  @Test
  void whoHasLeasedADeletedIndexKeepsItUntilHeIsDone() throws Exception {
    try (IndexCatalog catalog = open()) {
      catalog.create("a", false, ANY);
      insert(catalog, "a", 1);
      try (IndexLease lease = catalog.lease("a")) {
        catalog.delete("a", true);
        catalog.create("a", false, ANY);
        assertTrue(lease.index().get(1).isPresent());
        assertEquals(1, lease.generation());
        assertTrue(Files.exists(folder("a", 1)));
        assertFalse(has(catalog, "a", 1));
      }
    }
    assertFalse(Files.exists(folder("a", 1)));
    assertTrue(Files.exists(folder("a", 2)));
  }

  @Test
  void whatACrashLeftOfADeletionOrCreationGoesWhenTheCatalogIsOpened() throws Exception {
    try (IndexCatalog catalog = open()) {
      catalog.create("a", false, ANY);
      insert(catalog, "a", 1);
    }
    Index.open(folder("a", 7), IndexConfig.DEFAULT).close();
    Files.createDirectory(directory.resolve("index/b"));
    try (IndexCatalog catalog = open()) {
      assertEquals(List.of("a"), catalog.names());
      assertTrue(has(catalog, "a", 1));
      assertFalse(Files.exists(folder("a", 7)));
      assertEquals(1, catalog.create("b", false, ANY));
    }
  }

  @Test
  void namesOf255CharactersWork() throws Exception {
    String name = "n".repeat(255);
    try (IndexCatalog catalog = open()) {
      catalog.create(name, true, ANY);
      insert(catalog, name, 1);
      catalog.delete(name, true);
      catalog.create(name, true, ANY);
      insert(catalog, name, 2);
    }
    try (IndexCatalog catalog = open()) {
      assertTrue(has(catalog, name, 2));
    }
  }

  @Test
  void otherNamesAreRefused() throws Exception {
    try (IndexCatalog catalog = open()) {
      for (String name : List.of("", "a.b", "a/b", "..", "ä", "a b", "n".repeat(256))) {
        assertThrows(IllegalArgumentException.class, () -> catalog.create(name, false, ANY), name);
        assertThrows(IndexNotFoundException.class, () -> catalog.lease(name), name);
        assertThrows(IndexNotFoundException.class, () -> catalog.delete(name, true), name);
        assertFalse(catalog.delete(name, false), name);
      }
    }
  }

  private void makeTwo() throws IOException {
    try (IndexCatalog catalog = open()) {
      for (String name : List.of("a", "b")) {
        catalog.create(name, false, ANY);
        catalog.delete(name, true);
        catalog.create(name, false, ANY);
        insert(catalog, name, 1);
      }
    }
  }

  /** Only a is damaged, at this file, and everybody who asks is told. */
  private static void assertDamaged(IndexCatalog catalog, Path file) throws IOException {
    assertEquals(List.of("b"), catalog.names());
    assertTrue(has(catalog, "b", 1));
    CorruptIndexException damage = catalog.damaged().get("a");
    assertEquals(Set.of("a"), catalog.damaged().keySet());
    assertEquals(file, damage.file());
    IndexDamagedException refused =
        assertThrows(IndexDamagedException.class, () -> catalog.lease("a"));
    assertEquals("index a is damaged: " + damage.getMessage(), refused.getMessage());
    assertTrue(refused.getMessage().contains(file + ", byte " + damage.position()));
    assertThrows(IndexDamagedException.class, () -> catalog.create("a", false, ANY));
    assertThrows(IndexDamagedException.class, () -> restore(catalog, "a", new byte[0]));
  }

  @Test
  void aDamagedOrMissingStateIsNamed() throws Exception {
    makeTwo();
    Path state = directory.resolve("index/a/state");
    byte[] bytes = Files.readAllBytes(state);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(state, damaged);
      try (IndexCatalog catalog = open()) {
        assertDamaged(catalog, state);
      }
    }
    Files.delete(state);
    try (IndexCatalog catalog = open()) {
      assertDamaged(catalog, state);
    }
    Files.write(state, bytes);
    try (IndexCatalog catalog = open()) {
      assertEquals(List.of("a", "b"), catalog.names());
      assertTrue(has(catalog, "a", 1));
    }
  }

  @Test
  void anIndexThatIsGoneIsDamageAndNotAnEmptyIndex() throws Exception {
    makeTwo();
    Path manifest = folder("a", 2).resolve("manifest");
    Files.delete(manifest);
    for (int i = 0; i < 2; i++) {
      try (IndexCatalog catalog = open()) {
        assertDamaged(catalog, manifest);
      }
      FileDisk.INSTANCE.deleteFolder(folder("a", 2));
    }
    List<Path> damages = new ArrayList<>();
    try (IndexPlace place = IndexPlace.open(directory, damage -> damages.add(damage.file()))) {
      assertEquals(Set.of("b"), place.folders().keySet());
    }
    assertEquals(List.of(manifest), damages);
  }

  @Test
  void aDamagedIndexCanBeDeletedAndTheOthersServeMeanwhile() throws Exception {
    makeTwo();
    Path log;
    try (Stream<Path> files = Files.list(folder("a", 2))) {
      log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    Files.write(log, new byte[] {1, 2, 3});
    for (int i = 0; i < 2; i++) {
      try (IndexCatalog catalog = open()) {
        assertDamaged(catalog, log);
        assertTrue(Files.exists(log), "what is damaged may be repaired");
      }
    }
    try (IndexCatalog catalog = open()) {
      assertTrue(catalog.delete("a", true));
      assertFalse(catalog.delete("a", false));
      assertFalse(Files.exists(folder("a", 2)));
      assertEquals(3, catalog.create("a", true, ANY));
      assertFalse(has(catalog, "a", 1));
    }
    Path state = directory.resolve("index/a/state");
    Files.write(state, new byte[] {1, 2, 3});
    try (IndexCatalog catalog = open()) {
      assertDamaged(catalog, state);
      assertTrue(catalog.delete("a", true));
      assertEquals(4, catalog.create("a", true, ANY), "above the folder that was there");
    }
    try (IndexCatalog catalog = open()) {
      assertEquals(List.of("a", "b"), catalog.names());
    }
  }

  @Test
  void aDirectoryHasOneCatalogAtATime() throws Exception {
    try (IndexCatalog catalog = open()) {
      catalog.create("a", false, ANY);
      for (int i = 0; i < 2; i++) {
        IOException refused = assertThrows(DirectoryInUseException.class, this::open);
        assertEquals(
            directory + " is in use by process " + ProcessHandle.current().pid(),
            refused.getMessage());
      }
    }
    open().close();
  }

  @Test
  void aSnapshotBecomesAnIndexOfTheNextGeneration() throws Exception {
    try (IndexCatalog catalog = open()) {
      catalog.create("a", false, ANY);
      insert(catalog, "a", 1);
      byte[] stream = snapshot(catalog, "a");
      assertThrows(IndexExistsException.class, () -> restore(catalog, "a", stream));
      catalog.delete("a", true);
      assertThrows(
          SnapshotFormatException.class, () -> restore(catalog, "a", new byte[] {1, 2, 3}));
      assertEquals(2, restore(catalog, "a", stream));
      assertTrue(has(catalog, "a", 1));
    }
    try (IndexCatalog catalog = open()) {
      assertTrue(has(catalog, "a", 1));
    }
  }

  private static byte[] snapshot(IndexCatalog catalog, String name) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (IndexLease lease = catalog.lease(name)) {
      lease.index().snapshot(Channels.newChannel(stream));
    }
    return stream.toByteArray();
  }

  /** A stream of which the second half comes when it is let. */
  private static final class Halting extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int half;
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch let = new CountDownLatch(1);

    Halting(byte[] stream) {
      bytes = new ByteArrayInputStream(stream);
      half = stream.length / 2;
    }

    @Override
    public int read() throws IOException {
      if (bytes.available() <= half) {
        reached.countDown();
        try {
          let.await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        }
      }
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      int read = read();
      if (read < 0 || count == 0) {
        return read < 0 ? -1 : 0;
      }
      into[from] = (byte) read;
      return 1;
    }
  }

  @Test
  void whileAStreamComesOtherIndexesAreUsableAndTheNameIsTaken() throws Exception {
    try (IndexCatalog catalog = open();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      catalog.create("a", false, ANY);
      insert(catalog, "a", 1);
      Halting stream = new Halting(snapshot(catalog, "a"));
      Future<Long> restored =
          threads.submit(() -> catalog.restore("b", ANY, Channels.newChannel(stream)));
      stream.reached.await();
      catalog.create("c", true, ANY);
      insert(catalog, "c", 1);
      catalog.delete("c", true);
      insert(catalog, "a", 2);
      assertEquals(List.of("a"), catalog.names());
      assertThrows(IndexNotReadyException.class, () -> catalog.lease("b"));
      assertThrows(IndexNotReadyException.class, () -> catalog.create("b", false, ANY));
      assertThrows(IndexNotReadyException.class, () -> catalog.delete("b", false));
      assertThrows(IndexNotReadyException.class, () -> restore(catalog, "b", new byte[0]));
      stream.let.countDown();
      assertEquals(1, restored.get());
      assertEquals(List.of("a", "b"), catalog.names());
      assertTrue(has(catalog, "b", 1));
      assertFalse(has(catalog, "b", 2));
    }
  }

  @Test
  void aCatalogThatIsClosedBreaksOffARestoreAndNothingIsLeftOfIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      IndexCatalog catalog = open();
      catalog.create("a", false, ANY);
      insert(catalog, "a", 1);
      Halting stream = new Halting(snapshot(catalog, "a"));
      Future<Long> restored =
          threads.submit(() -> catalog.restore("b", ANY, Channels.newChannel(stream)));
      stream.reached.await();
      Future<?> closed =
          threads.submit(() -> {
            catalog.close();
            return null;
          });
      while (isOpen(catalog)) {
        Thread.onSpinWait();
      }
      assertFalse(closed.isDone(), "the directory is not given free while it is written to");
      stream.let.countDown();
      ExecutionException failed = assertThrows(ExecutionException.class, restored::get);
      assertTrue(failed.getCause() instanceof IOException, failed.toString());
      closed.get();
      try (IndexCatalog again = open()) {
        assertEquals(List.of("a"), again.names());
        assertEquals(1, again.create("b", true, ANY));
      }
    }
  }

  private static boolean isOpen(IndexCatalog catalog) {
    try {
      return !catalog.delete("none", false);
    } catch (IOException e) {
      return false;
    }
  }

  private static long restore(IndexCatalog catalog, String name, byte[] stream) throws IOException {
    return catalog.restore(name, ANY, Channels.newChannel(new ByteArrayInputStream(stream)));
  }
}
