package org.incipit.server.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.server.DirectLookup;
import org.incipit.server.ScoreRule;
import org.incipit.server.acoustid.client.Account;
import org.incipit.server.acoustid.client.AcoustidClient;
import org.incipit.server.acoustid.client.Entry;
import org.incipit.server.acoustid.client.LookupResult;
import org.incipit.server.acoustid.client.Reply.Answered;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Keys;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.intake.FollowedIndex;
import org.incipit.server.intake.Importer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups of real directories, and lookups in what is restored of them. */
class BackupTest {
  private static final int DURATION = 180;
  private static final UUID MBID = UUID.fromString("9ff43b6a-4f16-427c-93c2-92307ca505e0");

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  private static Fingerprint fingerprint(long seed) {
    return Fingerprint.of(Algorithm.DEFAULT, new Random(seed).ints(200).toArray());
  }

  private static NewSubmission submission(long seed) {
    TextMetadata text = new TextMetadata("S\u00f8ng", "Some & Co", "All", null, 3, 1, 2001);
    OptionalLong unknown = OptionalLong.empty();
    return new NewSubmission(
        unknown, unknown, "1.0", fingerprint(seed), DURATION, 320, "MP3", MBID, null, "a:b", text);
  }

  /** Makes a directory with two tracks, a submission that waits, and keys. */
  private Path fill(CatalogConfig config) throws Exception {
    try (IndexCatalog indexes = IndexCatalog.open(config.directory(), IndexConfig.DEFAULT);
        Catalog catalog = Catalog.open(config)) {
      catalog.keys().add(Keys.Kind.APPLICATION, "mine", "key");
      try (FollowedIndex index = FollowedIndex.start(indexes, catalog, Runnable::run);
          Importer importer = Importer.start(catalog, index)) {
        List<Long> ids = catalog.submissions().add(List.of(submission(1), submission(2)));
        importer.wake();
        while (catalog.submissions().queue().length() > 0 || index.position() < 2) {
          Thread.sleep(5);
        }
        catalog
            .submissions()
            .statuses(ids)
            .values()
            .forEach(status -> assertInstanceOf(SubmissionStatus.Imported.class, status));
      }
      catalog.submissions().add(List.of(submission(3)));
    }
    return config.directory();
  }

  private void backUp(CatalogConfig config, Path to) throws IOException {
    try (IndexSource indexes = new OpenedIndexes(config.directory())) {
      Backup.make(config, indexes, to, told::add);
    }
  }

  private Path in(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** All that a catalogue tells of itself. */
  private static List<Object> all(CatalogConfig config) throws CatalogException {
    try (Catalog catalog = Catalog.open(config)) {
      List<Long> tracks = List.of(1L, 2L);
      return List.of(
          catalog.id(),
          catalog.feed().head(),
          catalog.keys().all(),
          catalog.submissions().queue().length(),
          catalog.submissions().statuses(List.of(1L, 2L, 3L)),
          catalog.tracks().fingerprints(tracks),
          catalog.tracks().mbids(tracks),
          catalog.tracks().texts(tracks, 10),
          catalog.tracks().foreignIds(tracks, 1000));
    }
  }

  /** The tracks that a directory knows for a fingerprint. */
  private static List<LookupResult> lookUp(CatalogConfig config, long seed) throws IOException {
    Account anybody = Account.of("http://localhost", "any", "");
    Entry entry = new Entry(DURATION, FingerprintCodec.encode(fingerprint(seed)));
    try (AcoustidClient client =
        new AcoustidClient(anybody, DirectLookup.open(config, ScoreRule.COMPARE2, changes -> {}))) {
      var replies = client.lookup(List.of(entry), "recordings usermeta");
      return assertInstanceOf(Answered.class, replies.getFirst()).value() instanceof List<?> list
          ? list.stream().map(LookupResult.class::cast).toList()
          : List.of();
    }
  }

  private static void assertFinds(CatalogConfig config) throws IOException {
    List<LookupResult> found = lookUp(config, 1);
    assertEquals(1, found.size());
    assertEquals(1.0, found.getFirst().score());
    assertEquals(
        List.of(
            new LookupResult.Recording(MBID.toString(), "", ""),
            new LookupResult.Recording("", "S\u00f8ng", "Some & Co")),
        found.getFirst().recordings());
    assertEquals(1, lookUp(config, 2).size());
    assertEquals(List.of(), lookUp(config, 3), "it waits");
  }

  @ParameterizedTest
  @CsvSource({"SQLITE, SQLITE", "SQLITE, POSTGRES", "POSTGRES, SQLITE", "POSTGRES, POSTGRES"})
  void whatIsKeptInEitherStoreIsRestoredToEither(Store from, Store to) throws Exception {
    CatalogConfig original = from.config(in("data"));
    fill(original);
    backUp(original, folder.resolve("kept"));
    CatalogConfig copy = to.config(folder.resolve("new"));
    Backup.restore(folder.resolve("kept"), copy.directory(), copy.url(), told::add);
    assertEquals(all(original), all(copy));
    if (to == Store.POSTGRES) {
      try (Stream<Path> files = Files.list(copy.directory())) {
        assertEquals(
            List.of("index", "lock"),
            files.map(file -> file.getFileName().toString()).sorted().toList());
      }
    }
    assertFinds(copy);
    assertFinds(original);
    try (Catalog catalog = Catalog.open(copy)) {
      assertEquals(List.of(4L), catalog.submissions().add(List.of(submission(4))));
      assertTrue(catalog.keys().add(Keys.Kind.USER, "another", "key"));
    }
  }

  @Test
  void aDatabaseThatHasACatalogueIsNotWrittenOver() throws Exception {
    fill(CatalogConfig.in(in("data")));
    CatalogConfig taken = Store.POSTGRES.config(in("taken"));
    fill(taken);
    List<Object> before = all(taken);
    backUp(CatalogConfig.in(folder.resolve("data")), folder.resolve("kept"));
    Path target = folder.resolve("new");
    assertThrows(
        CatalogException.class,
        () -> Backup.restore(folder.resolve("kept"), target, taken.url(), told::add));
    assertFalse(Files.exists(target));
    assertEquals(before, all(taken));
  }

  @Test
  void aCatalogueThatLacksRowsIsNotRestored() throws Exception {
    CatalogConfig original = CatalogConfig.in(in("data"));
    fill(original);
    Path kept = folder.resolve("kept");
    backUp(original, kept);
    Path manifest = kept.resolve("backup.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"api_key\" : 1", "\"api_key\" : 2"));
    CatalogConfig empty = Store.POSTGRES.config(in("empty"));
    for (String url : Arrays.asList(null, empty.url())) {
      Path target = folder.resolve("new");
      IOException e =
          assertThrows(IOException.class, () -> Backup.restore(kept, target, url, told::add));
      assertEquals(
          "the backup is damaged: table api_key of its catalogue has 1 rows instead of 2",
          e.getMessage());
      assertFalse(Files.exists(target));
    }
    Files.writeString(manifest, text);
    Backup.restore(kept, folder.resolve("new"), empty.url(), told::add);
  }

  @Test
  void aManifestThatSaysLessThanItShouldIsRefusedNotTakenForAnEmptyOne() throws Exception {
    CatalogConfig original = CatalogConfig.in(in("data"));
    fill(original);
    Path kept = folder.resolve("kept");
    backUp(original, kept);
    Path manifest = kept.resolve("backup.json");
    String text = Files.readString(manifest).replaceAll("\\s", "");
    String rows = text.substring(text.indexOf("\"rows\""), text.indexOf(",\"files\""));
    String files = text.substring(text.indexOf("\"files\""), text.length() - 1);
    for (String damaged :
        List.of(
            "",
            "7",
            "{}",
            "{\"version\":1}",
            "{\"version\":2," + rows + "," + files + "}",
            "{\"version\":1,\"rows\":7," + files + "}",
            "{\"version\":1," + rows + "}",
            "{\"version\":1," + rows + ",\"files\":[]}",
            "{\"version\":1,\"rows\":{}," + files + "}",
            "{\"version\":1," + rows + "," + files + ",\"more\":1}",
            text.substring(0, text.length() - 1),
            text.substring(0, text.length() - 2))) {
      Files.writeString(manifest, damaged);
      Path target = folder.resolve("new");
      IOException e =
          assertThrows(
              IOException.class, () -> Backup.restore(kept, target, null, told::add), damaged);
      assertTrue(
          e.getMessage().startsWith(manifest + " is of another version, or damaged: "),
          e.getMessage());
      assertFalse(Files.exists(target));
    }
    Files.writeString(manifest, text);
    Backup.restore(kept, folder.resolve("new"), null, told::add);
  }

  private static void damage(Path index) throws IOException {
    try (Stream<Path> all = Files.walk(index)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void anIndexThatIsMadeAgainAnywayIsLeftOutIfItIsDamaged() throws Exception {
    CatalogConfig original = CatalogConfig.in(in("data"));
    damage(fill(original).resolve("index/_catalog"));
    backUp(original, folder.resolve("kept"));
    assertTrue(
        told.contains("index _catalog is left out, there is none that is whole"), told.toString());
    Path copy = folder.resolve("new");
    Backup.restore(folder.resolve("kept"), copy, null, told::add);
    assertFinds(CatalogConfig.in(copy));
    // Where it was damaged it is made again as well.
    assertFinds(original);
  }

  @Test
  void anyOtherIndexThatIsDamagedKeepsABackupFromBeingMade() throws Exception {
    CatalogConfig original = CatalogConfig.in(in("data"));
    fill(original);
    try (IndexCatalog indexes = IndexCatalog.open(original.directory(), IndexConfig.DEFAULT)) {
      indexes.create("songs", true, OptionalLong.empty());
    }
    damage(original.directory().resolve("index/songs"));
    assertThrows(CorruptIndexException.class, () -> backUp(original, folder.resolve("kept")));
    assertFalse(Files.exists(folder.resolve("kept")));
  }
}
