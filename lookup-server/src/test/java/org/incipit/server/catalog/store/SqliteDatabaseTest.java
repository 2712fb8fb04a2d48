package org.incipit.server.catalog.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a file. */
class SqliteDatabaseTest {
  @TempDir private Path directory;
  private Path file;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve(CatalogConfig.FILE);
    database =
        SqliteDatabase.open(
            file,
            new CatalogConfig.Limits(
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                1,
                1,
                4,
                1 << 20,
                Duration.ofSeconds(1)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aCommitIsSyncedAndPagesAreLarge() throws Exception {
    assertEquals(2, (long) database.write(s -> DatabaseTest.number(s, "PRAGMA synchronous")));
    assertEquals(
        SqliteConnection.PAGE_BYTES,
        (long) database.read(s -> DatabaseTest.number(s, "PRAGMA page_size")));
    assertTrue(Files.exists(directory.resolve(CatalogConfig.FILE + "-wal")));
  }

  @Test
  void nobodyElseMayReadTheFiles() throws Exception {
    DatabaseTest.write(database, 1);
    for (String end : List.of("", "-wal", "-shm")) {
      Path part = directory.resolve(CatalogConfig.FILE + end);
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(part)), end);
    }
  }

  @Test
  void aFileThatSomebodyElseLocksIsWaitedForOnlySoLong() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThrows(CatalogException.class, () -> database.write(s -> DatabaseTest.insert(s, 1)));
      assertEquals(0, DatabaseTest.tracks(database));
      statement.execute("ROLLBACK");
    }
    DatabaseTest.write(database, 1);
    assertEquals(1, DatabaseTest.tracks(database));
  }

  @Test
  void whenTheDiskIsFullWorkFailsUntilThereIsRoom() throws Exception {
    long pages = database.write(s -> DatabaseTest.number(s, "PRAGMA page_count"));
    for (int id = 1; id <= 2; id++) {
      int large = id;
      assertThrows(
          CatalogException.class,
          () ->
              database.write(session -> {
                // Each time: it belongs to a connection, which may be another one by now.
                DatabaseTest.number(session, "PRAGMA max_page_count = " + (pages + 2));
                return insertLarge(session, large);
              }));
    }
    assertEquals(0, DatabaseTest.tracks(database));
    DatabaseTest.write(database, 3);
    database.write(s -> DatabaseTest.number(s, "PRAGMA max_page_count = 1000000"));
    database.write(s -> insertLarge(s, 4));
    assertEquals(2, DatabaseTest.tracks(database));
  }

  @Test
  void whoFillsTheDiskSpoilsNoOthersWork() throws Exception {
    long pages = database.write(s -> DatabaseTest.number(s, "PRAGMA page_count"));
    database.write(s -> DatabaseTest.number(s, "PRAGMA max_page_count = " + (pages + 2)));
    List<Future<Integer>> small = new ArrayList<>();
    Future<Integer> large;
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CountDownLatch release = holdWriter(threads);
      small.add(threads.submit(() -> database.write(s -> DatabaseTest.insert(s, 1))));
      large = threads.submit(() -> database.write(s -> insertLarge(s, 2)));
      small.add(threads.submit(() -> database.write(s -> DatabaseTest.insert(s, 3))));
      release.countDown();
    }
    for (Future<Integer> one : small) {
      assertEquals(1, one.get());
    }
    assertThrows(Exception.class, large::get);
    assertEquals(2, DatabaseTest.tracks(database));
  }

  @Test
  void moreThanTheQueueHoldsAreRefused() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CountDownLatch release = holdWriter(threads);
      List<Future<Integer>> waiting = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int id = 1 + i;
        waiting.add(threads.submit(() -> database.write(s -> DatabaseTest.insert(s, id))));
      }
      int refused = 0;
      // All but the four that the queue holds end while the writer is held.
      while (refused < 36) {
        refused = 0;
        for (Future<Integer> one : waiting) {
          refused += one.isDone() ? 1 : 0;
        }
        Thread.sleep(1);
      }
      assertEquals(36, database.load().refused());
      assertEquals(4, database.load().waiting());
      release.countDown();
    }
    assertEquals(4, DatabaseTest.tracks(database));
    assertEquals(0, database.load().waiting());
    assertTrue(database.load().waitedNanos() > 0);
  }

  @Test
  void anInterruptedCallerGivesUpWhatHasNotBegunAndHarmsNothing() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CountDownLatch release = holdWriter(threads);
      CountDownLatch failed = new CountDownLatch(1);
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  database.write(s -> DatabaseTest.insert(s, 1));
                } catch (CatalogException e) {
                  if (Thread.currentThread().isInterrupted()) {
                    failed.countDown();
                  }
                }
              });
      caller.interrupt();
      failed.await();
      release.countDown();
    }
    DatabaseTest.write(database, 2);
    assertEquals(1, DatabaseTest.tracks(database));
  }

  @Test
  void closingWaitsForWhatRunsAndFailsWhatWaits() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Future<Integer> reading =
          threads.submit(() ->
              database.read(session -> {
                started.countDown();
                await(release);
                return 7;
              }));
      started.await();
      Future<Long> waiting = threads.submit(() -> DatabaseTest.tracks(database));
      Future<?> closing = threads.submit(() -> database.close());
      // The one reader is busy, so this one is refused, whether it came before closing or after.
      assertThrows(Exception.class, waiting::get);
      release.countDown();
      assertEquals(7, reading.get());
      closing.get();
    }
  }

  /** Lets the writer do nothing else until the latch that is returned is released. */
  private CountDownLatch holdWriter(ExecutorService threads) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    threads.submit(() ->
        database.write(session -> {
          started.countDown();
          await(release);
          return 0;
        }));
    started.await();
    return release;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int insertLarge(Session session, long id) throws java.sql.SQLException {
    DatabaseTest.insert(session, id);
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO fingerprint (id, track_id, duration, submissions, created, data)"
                + " VALUES (?, ?, 1, 1, 0, ?)");
    insert.setLong(1, id);
    insert.setLong(2, id);
    insert.setBytes(3, new byte[1 << 20]);
    return insert.executeUpdate();
  }
}
