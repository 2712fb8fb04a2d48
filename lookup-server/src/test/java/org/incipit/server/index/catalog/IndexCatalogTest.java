package org.incipit.server.index.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexExistsException.Conflict;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DirectoryInUseException;
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

  @Test
  void aDamagedOrMissingStateIsNamed() throws Exception {
    try (IndexCatalog catalog = open()) {
      catalog.create("a", false, ANY);
    }
    Path state = directory.resolve("index/a/state");
    byte[] bytes = Files.readAllBytes(state);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(state, damaged);
      assertEquals(state, assertThrows(CorruptIndexException.class, this::open).file());
    }
    Files.delete(state);
    assertEquals(state, assertThrows(CorruptIndexException.class, this::open).file());
    Files.write(state, bytes);
    try (IndexCatalog catalog = open()) {
      assertEquals(List.of("a"), catalog.names());
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
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      try (IndexLease lease = catalog.lease("a")) {
        lease.index().snapshot(Channels.newChannel(stream));
      }
      assertThrows(IndexExistsException.class, () -> restore(catalog, "a", stream.toByteArray()));
      catalog.delete("a", true);
      assertThrows(
          SnapshotFormatException.class, () -> restore(catalog, "a", new byte[] {1, 2, 3}));
      assertEquals(2, restore(catalog, "a", stream.toByteArray()));
      assertTrue(has(catalog, "a", 1));
    }
    try (IndexCatalog catalog = open()) {
      assertTrue(has(catalog, "a", 1));
    }
  }

  private static long restore(IndexCatalog catalog, String name, byte[] stream) throws IOException {
    return catalog.restore(name, ANY, Channels.newChannel(new ByteArrayInputStream(stream)));
  }
}
