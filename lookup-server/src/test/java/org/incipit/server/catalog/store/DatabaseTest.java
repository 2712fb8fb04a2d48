package org.incipit.server.catalog.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.incipit.server.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What work in transactions can rely on, on both stores. */
@ParameterizedClass
@EnumSource(Store.class)
class DatabaseTest {
  private static final String SLOW =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)"
          + " SELECT count(*) FROM n";

  @Parameter private Store store;
  @TempDir private Path directory;
  private final List<Database> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Database::close);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Database database = open();
    UUID gid = UUID.randomUUID();
    database.write(session -> insert(session, 1, gid));
    UUID found =
        database.read(session -> {
          PreparedStatement statement =
              session.prepare(
                  "SELECT gid FROM track WHERE "
                      + session.dialect().inLongs("id")
                      + " AND "
                      + session.dialect().inUuids("gid"));
          session.dialect().setLongs(statement, 1, List.of(1L, 7L));
          session.dialect().setUuids(statement, 2, List.of(gid, new UUID(1, 2)));
          try (ResultSet row = statement.executeQuery()) {
            assertTrue(row.next());
            return session.dialect().uuid(row, 1);
          }
        });
    assertEquals(gid, found);
  }

  @Test
  void anEmptyListFindsNothing() throws Exception {
    Database database = open();
    database.write(session -> insert(session, 1));
    database.read(session -> {
      PreparedStatement statement =
          session.prepare("SELECT id FROM track WHERE " + session.dialect().inLongs("id"));
      session.dialect().setLongs(statement, 1, List.of());
      try (ResultSet row = statement.executeQuery()) {
        assertFalse(row.next());
      }
      return 0;
    });
  }

  @Test
  void theTimeIsInMicroseconds() throws Exception {
    Database database = open();
    long before = System.currentTimeMillis();
    long now = database.read(session -> number(session, "SELECT " + session.dialect().now()));
    long after = System.currentTimeMillis();
    // Within a minute: another machine's clock may be asked.
    assertTrue(now > (before - 60_000) * 1000 && now < (after + 60_000) * 1000, "got " + now);
  }

  @Test
  void workThatFailsLeavesNothing() throws Exception {
    Database database = open();
    assertThrows(
        CatalogException.class,
        () ->
            database.write(session -> {
              insert(session, 1);
              throw new SQLException("the connection is gone", "08006");
            }));
    assertThrows(
        IllegalStateException.class,
        () ->
            database.write(session -> {
              insert(session, 2);
              throw new IllegalStateException("the work's own");
            }));
    assertEquals(0, tracks(database));
  }

  @Test
  void readingCannotWrite() throws Exception {
    Database database = open();
    assertThrows(CatalogException.class, () -> database.read(session -> insert(session, 1)));
    assertEquals(0, tracks(database));
  }

  @Test
  void readingSeesOneSnapshot() throws Exception {
    Database database = open();
    database.read(session -> {
      long before = number(session, "SELECT count(*) FROM track");
      write(database, 1);
      assertEquals(before, number(session, "SELECT count(*) FROM track"));
      return 0;
    });
    assertEquals(1, tracks(database));
  }

  @Test
  void manyWhoWriteAtOnceAllSucceedButThoseThatFail() throws Exception {
    Database database = open();
    int writers = 64;
    CountDownLatch together = new CountDownLatch(writers);
    List<Future<Boolean>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < writers; writer++) {
        int id = 1 + writer;
        Callable<Boolean> task =
            () -> {
              together.countDown();
              together.await();
              return writeUnlessThird(database, id);
            };
        done.add(threads.submit(task));
      }
    }
    int succeeded = 0;
    for (int id = 1; id <= writers; id++) {
      assertEquals(id % 3 != 0, done.get(id - 1).get());
      succeeded += id % 3 == 0 ? 0 : 1;
    }
    assertEquals(succeeded, tracks(database));
    assertEquals(
        0, (long) database.read(s -> number(s, "SELECT count(*) FROM track WHERE id % 3 = 0")));
  }

  private static boolean writeUnlessThird(Database database, int id) throws CatalogException {
    try {
      database.write(session -> {
        insert(session, id);
        if (id % 3 == 0) {
          insert(session, id);
        }
        return 0;
      });
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void whatTakesTooLongIsCancelledAndTheConnectionsServeOthers() throws Exception {
    Database database = open(limits(Duration.ofMillis(300), 2));
    for (int round = 0; round < 4; round++) {
      assertThrows(CatalogException.class, () -> database.read(s -> number(s, SLOW)));
      assertThrows(
          CatalogException.class,
          () ->
              database.write(session -> {
                insert(session, 1);
                return number(session, SLOW);
              }));
      assertEquals(round, tracks(database));
      write(database, 100 + round);
    }
  }

  @Test
  void aDatabaseIsMigratedOnce() throws Exception {
    for (int time = 0; time < 2; time++) {
      Database database = open();
      assertEquals(1, (long) database.read(s -> number(s, "SELECT count(*) FROM catalog")));
      assertEquals(
          Schema.VERSION,
          (long) database.read(s -> number(s, "SELECT count(*) FROM schema_version")));
    }
  }

  @Test
  void severalThatStartAtOnceMigrateOnce() throws Exception {
    CatalogConfig config = store.config(directory);
    List<Future<UUID>> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int node = 0; node < 4; node++) {
        ids.add(
            threads.submit(() -> {
              try (Catalog catalog = Catalog.open(config)) {
                return catalog.id();
              }
            }));
      }
    }
    for (Future<UUID> id : ids) {
      assertEquals(ids.getFirst().get(), id.get());
    }
  }

  @Test
  void aNewerDatabaseIsRefused() throws Exception {
    Database database = open();
    database.write(session -> session.prepare("INSERT INTO schema_version VALUES (99)").execute());
    CatalogException e = assertThrows(CatalogException.class, this::open);
    assertTrue(e.getMessage().contains("99"), e.getMessage());
    assertTrue(e.getMessage().contains("up to " + Schema.VERSION), e.getMessage());
    assertFalse(e.getMessage().contains("secret"), e.getMessage());
  }

  @Test
  void allTablesOfTheSchemaAreKnownByName() throws Exception {
    Database database = open();
    for (String table : Schema.TABLES) {
      database.read(session -> number(session, "SELECT count(*) FROM " + table));
    }
    String all =
        store == Store.SQLITE
            ? "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
            : "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
    assertEquals(Schema.TABLES.size() + 1, (long) database.read(s -> number(s, all)));
  }

  @Test
  void closingLetsWorkEndAndRefusesMore() throws Exception {
    Database database = open();
    CountDownLatch started = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<Integer> running =
          threads.submit(() ->
              database.write(session -> {
                insert(session, 1);
                started.countDown();
                return 0;
              }));
      started.await();
      running.get();
      Future<?> closing = threads.submit(database::close);
      closing.get();
    }
    assertThrows(CatalogException.class, () -> tracks(database));
    assertEquals(1, tracks(open()));
  }

  private Database open() throws CatalogException {
    return open(CatalogConfig.Limits.DEFAULT);
  }

  private Database open(CatalogConfig.Limits limits) throws CatalogException {
    Database database = Database.open(store.config(directory).with(limits));
    opened.add(database);
    return database;
  }

  static CatalogConfig.Limits limits(Duration work, int connections) {
    return new CatalogConfig.Limits(
        work,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        connections,
        connections,
        100,
        1 << 20,
        Duration.ofSeconds(10));
  }

  static int insert(Session session, long id) throws SQLException {
    return insert(session, id, UUID.randomUUID());
  }

  private static int insert(Session session, long id, UUID gid) throws SQLException {
    PreparedStatement statement = session.prepare("INSERT INTO track VALUES (?, ?, 0)");
    statement.setLong(1, id);
    session.dialect().setUuid(statement, 2, gid);
    return statement.executeUpdate();
  }

  static void write(Database database, long id) {
    try {
      database.write(session -> insert(session, id));
    } catch (CatalogException e) {
      throw new AssertionError(e);
    }
  }

  static long tracks(Database database) throws CatalogException {
    return database.read(session -> number(session, "SELECT count(*) FROM track"));
  }

  static long number(Session session, String sql) throws SQLException {
    try (ResultSet row = session.prepare(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
