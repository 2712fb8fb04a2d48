package org.incipit.server.catalog.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Keys;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole catalogues from either store to either. */
class CatalogCopyTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"SQLITE,SQLITE", "SQLITE,POSTGRES", "POSTGRES,SQLITE", "POSTGRES,POSTGRES"})
  void aCopyHasWhatTheOriginalHas(Store from, Store to) throws Exception {
    CatalogConfig original = from.config(directory.resolve("original"));
    CatalogConfig copied = to.config(directory.resolve("copy"));
    Files.createDirectories(original.directory());
    UUID id;
    try (Catalog catalog = Catalog.open(original);
        Database database = Database.open(original)) {
      id = catalog.id();
      catalog.keys().create(Keys.Kind.USER, "somebody");
      catalog.keys().add(Keys.Kind.APPLICATION, "beets", Keys.BEETS);
      catalog.keys().revoke(Keys.Kind.APPLICATION, Keys.BEETS);
      database.write(CatalogCopyTest::fill);
      CatalogCopy.copy(original, copied);
      try (Catalog copy = Catalog.open(copied);
          Database copyDatabase = Database.open(copied)) {
        assertEquals(id, copy.id());
        assertEquals(catalog.keys().all(), copy.keys().all());
        assertEquals(
            database.read(CatalogCopyTest::content), copyDatabase.read(CatalogCopyTest::content));
        if (to == Store.SQLITE) {
          assertEquals(
              SqliteConnection.PAGE_BYTES,
              (long) copyDatabase.read(s -> DatabaseTest.number(s, "PRAGMA page_size")));
        }
        assertTrue(copy.keys().create(Keys.Kind.USER, "later").id() > 2);
      }
    }
    assertThrows(IOException.class, () -> CatalogCopy.copy(original, copied));
  }

  @ParameterizedTest
  @CsvSource({"SQLITE,SQLITE", "SQLITE,POSTGRES", "POSTGRES,SQLITE"})
  void aCopyIsOfOneMomentWhileOthersWrite(Store from, Store to) throws Exception {
    CatalogConfig original = from.config(directory.resolve("original"));
    CatalogConfig copied = to.config(directory.resolve("copy"));
    Files.createDirectories(original.directory());
    try (Database database = Database.open(original)) {
      for (int i = 0; i < 100; i++) {
        addPair(database);
      }
      AtomicBoolean isDone = new AtomicBoolean();
      Thread writing =
          Thread.ofVirtual()
              .start(() -> {
                while (!isDone.get()) {
                  addPair(database);
                }
              });
      try {
        CatalogCopy.copy(original, copied);
      } finally {
        isDone.set(true);
        writing.join();
      }
    }
    try (Database copyDatabase = Database.open(copied)) {
      long tracks = DatabaseTest.tracks(copyDatabase);
      assertTrue(tracks >= 100, "got " + tracks);
      assertEquals(
          tracks,
          (long) copyDatabase.read(s -> DatabaseTest.number(s, "SELECT last_track FROM feed")));
    }
  }

  @ParameterizedTest
  @CsvSource({"SQLITE,0", "SQLITE,2", "POSTGRES,0", "POSTGRES,2"})
  void whatThisProgramDoesNotKnowIsNotCopied(Store from, int version) throws Exception {
    CatalogConfig original = from.config(directory);
    try (Database database = Database.open(original)) {
      database.write(session -> {
        session.execute("UPDATE schema_version SET version = " + version);
        return 0;
      });
      CatalogConfig copied = CatalogConfig.in(directory.resolve("copy"));
      var refused = assertThrows(CatalogException.class, () -> CatalogCopy.copy(original, copied));
      assertTrue(refused.getMessage().contains("has version " + version), refused::getMessage);
      assertFalse(Files.exists(copied.directory().resolve(CatalogConfig.FILE)));
    }
  }

  /** A track, and its number in another table. */
  private static void addPair(Database database) {
    try {
      database.write(session -> {
        long id = DatabaseTest.number(session, "SELECT last_track + 1 FROM feed");
        DatabaseTest.insert(session, id);
        return session.prepare("UPDATE feed SET last_track = last_track + 1").executeUpdate();
      });
    } catch (CatalogException e) {
      throw new AssertionError(e);
    }
  }

  private static int fill(Session session) throws java.sql.SQLException {
    DatabaseTest.insert(session, 1);
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO fingerprint (id, track_id, duration, submissions, created, data)"
                + " VALUES (1, 1, 120, 1, 5, ?)");
    byte[] data = new byte[3000];
    Arrays.fill(data, (byte) 200);
    insert.setBytes(1, data);
    insert.executeUpdate();
    PreparedStatement mbid = session.prepare("INSERT INTO track_mbid VALUES (1, ?, 2, TRUE)");
    session.dialect().setUuid(mbid, 1, new UUID(-1, 1));
    mbid.executeUpdate();
    session.execute("INSERT INTO meta (gid, track) SELECT gid, 'Ünicode' FROM track");
    session.execute("INSERT INTO track_foreign_id VALUES (1, 'file:/a', 1)");
    session.execute("INSERT INTO submission (state, created, duration) VALUES (0, 9, 120)");
    session.execute(
        "INSERT INTO submission_data SELECT s.id, f.data FROM submission s, fingerprint f");
    return 0;
  }

  private static String content(Session session) throws java.sql.SQLException {
    try (var row =
        session
            .prepare(
                "SELECT f.data, t.gid, f.bitrate, m.mbid, m.disabled, x.track, i.foreign_id, w.data"
                    + " FROM track t JOIN fingerprint f ON f.track_id = t.id"
                    + " JOIN track_mbid m ON m.track_id = t.id JOIN meta x ON x.gid = t.gid"
                    + " JOIN track_foreign_id i ON i.track_id = t.id"
                    + " CROSS JOIN submission_data w")
            .executeQuery()) {
      assertTrue(row.next());
      return Arrays.hashCode(row.getBytes(1))
          + " "
          + session.dialect().uuid(row, 2)
          + " "
          + Columns.intOrNull(row, 3)
          + " "
          + session.dialect().uuid(row, 4)
          + " "
          + row.getBoolean(5)
          + " "
          + row.getString(6)
          + " "
          + row.getString(7)
          + " "
          + Arrays.hashCode(row.getBytes(8));
    }
  }
}
