package org.incipit.server.index.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.segment.Segment.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes that are found damaged while they are served. */
class CatalogScrubTest {
  private static final OptionalLong ANY = OptionalLong.empty();
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final IndexConfig CONFIG =
      IndexConfig.DEFAULT.withVerification(Verification.LATER);

  @TempDir private Path directory;

  private void fill(IndexCatalog catalog, String name) throws Exception {
    catalog.create(name, true, ANY);
    SplittableRandom random = new SplittableRandom(1);
    Change[] changes = new Change[1000];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = new Change.Insert(i + 1, random.ints(100).toArray());
    }
    try (IndexLease lease = catalog.lease(name)) {
      lease.index().update(Batch.of(changes));
      assertTrue(lease.index().checkpoint(LONG));
    }
  }

  private void flip(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("index").resolve(name).resolve("1"))) {
      Path segment =
          files.filter(file -> file.toString().endsWith(".segment")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      bytes[100_000] ^= 4;
      Files.write(segment, bytes);
    }
  }

  /** Once all of an index is verified, unless it is found damaged before. */
  private static void await(IndexCatalog catalog, String name) throws Exception {
    try (IndexLease lease = catalog.lease(name)) {
      assertTrue(lease.index().awaitMaintenance(LONG));
    } catch (IndexDamagedException e) {
      assertEquals(Set.of(name), catalog.damaged().keySet());
    }
  }

  @Test
  void anIndexFoundDamagedIsRefusedAndCanBeDeletedAndTheOthersServe() throws Exception {
    try (IndexCatalog catalog = IndexCatalog.open(directory, CONFIG)) {
      fill(catalog, "bad");
      fill(catalog, "good");
    }
    flip("bad");
    try (IndexCatalog catalog = IndexCatalog.open(directory, CONFIG)) {
      await(catalog, "bad");
      await(catalog, "good");
      IndexDamagedException refused =
          assertThrows(IndexDamagedException.class, () -> catalog.lease("bad"));
      assertTrue(refused.getMessage().startsWith("index bad is damaged: "), refused.getMessage());
      assertTrue(refused.getMessage().contains(".segment, byte 65536: "), refused.getMessage());
      assertEquals(Set.of("bad"), catalog.damaged().keySet());
      assertEquals(List.of("good"), catalog.names());
      assertThrows(IndexDamagedException.class, () -> catalog.create("bad", false, ANY));
      try (IndexLease lease = catalog.lease("good")) {
        Index index = lease.index();
        int[] hashes = new SplittableRandom(1).ints(100).toArray();
        assertEquals(1, index.search(Query.of(hashes), Duration.ZERO).id(0));
      }
    }
    IndexConfig opening = CONFIG.withVerification(Verification.AT_OPENING);
    try (IndexCatalog catalog = IndexCatalog.open(directory, opening)) {
      assertEquals(Set.of("bad"), catalog.damaged().keySet());
    }
    try (IndexCatalog catalog = IndexCatalog.open(directory, CONFIG)) {
      await(catalog, "bad");
      assertTrue(catalog.delete("bad", true));
      assertEquals(Set.of(), catalog.damaged().keySet());
      assertEquals(2, catalog.create("bad", true, ANY));
    }
  }
}
