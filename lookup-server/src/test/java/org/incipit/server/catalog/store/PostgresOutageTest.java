package org.incipit.server.catalog.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that goes away: work fails, and goes on by itself when it is back. */
class PostgresOutageTest {
  private static final int CONNECTIONS = 3;

  @TempDir private Path directory;
  private PostgresServer server;
  private Database database;

  @BeforeEach
  void start() throws Exception {
    server = new PostgresServer();
    database =
        Database.open(
            new CatalogConfig(
                directory,
                server.newDatabase(),
                DatabaseTest.limits(Duration.ofSeconds(1), CONNECTIONS)));
    assertEquals(3, useAllConnections());
  }

  @AfterEach
  void stop() throws Exception {
    database.close();
    server.close();
  }

  @Test
  void aServerThatWasKilledIsUsedAgainWhenItIsBack() throws Exception {
    DatabaseTest.write(database, 1);
    server.kill();
    CatalogException e = assertThrows(CatalogException.class, () -> DatabaseTest.tracks(database));
    assertFalse(e.getMessage().contains("secret"), e.getMessage());
    assertThrows(
        CatalogException.class, () -> database.write(session -> DatabaseTest.insert(session, 2)));
    server.restart();
    assertEquals(1, eventually(() -> DatabaseTest.tracks(database)));
    DatabaseTest.write(database, 2);
    assertEquals(3, useAllConnections());
  }

  @Test
  void onlyALostCommitLeavesTheOutcomeUnknown() throws Exception {
    CatalogException unknown =
        assertThrows(
            CatalogException.class,
            () ->
                database.write(session -> {
                  DatabaseTest.insert(session, 1);
                  kill();
                  return 0;
                }));
    assertTrue(unknown.isOutcomeUnknown(), unknown.getMessage());
    server.restart();
    assertEquals(0, eventually(() -> DatabaseTest.tracks(database)));
    CatalogException nothing =
        assertThrows(
            CatalogException.class,
            () ->
                database.write(session -> {
                  kill();
                  return DatabaseTest.insert(session, 1);
                }));
    assertFalse(nothing.isOutcomeUnknown(), nothing.getMessage());
    server.restart();
    CatalogException read =
        assertThrows(
            CatalogException.class,
            () ->
                database.read(session -> {
                  long number = DatabaseTest.number(session, "SELECT 1");
                  kill();
                  return number;
                }));
    assertFalse(read.isOutcomeUnknown(), read.getMessage());
    server.restart();
  }

  private void kill() {
    try {
      server.kill();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aServerThatStandsStillFailsWorkAndIsUsedAgainWhenItGoesOn() throws Exception {
    DatabaseTest.write(database, 1);
    server.pause();
    try {
      for (int i = 0; i < CONNECTIONS + 1; i++) {
        assertThrows(CatalogException.class, () -> DatabaseTest.tracks(database));
      }
    } finally {
      server.resume();
    }
    assertEquals(1, eventually(() -> DatabaseTest.tracks(database)));
    DatabaseTest.write(database, 2);
    assertEquals(3, useAllConnections());
  }

  @Test
  void nobodyWaitsForEverForAConnection() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      java.util.concurrent.CountDownLatch taken =
          new java.util.concurrent.CountDownLatch(CONNECTIONS);
      java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
      for (int i = 0; i < CONNECTIONS; i++) {
        threads.submit(() ->
            database.read(session -> {
              taken.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return 0;
            }));
      }
      taken.await();
      try {
        assertThrows(CatalogException.class, () -> DatabaseTest.tracks(database));
      } finally {
        release.countDown();
      }
    }
    assertEquals(3, useAllConnections());
  }

  private interface Attempt {
    long run() throws CatalogException;
  }

  /** What succeeds within so many attempts, each of which may take as long as the limits say. */
  private static long eventually(Attempt attempt) throws Exception {
    for (int i = 0; i < 50; i++) {
      try {
        return attempt.run();
      } catch (CatalogException e) {
        Thread.sleep(100);
      }
    }
    return attempt.run();
  }

  /** Works on all connections at the same time; returns how many could. */
  private long useAllConnections() throws Exception {
    java.util.concurrent.CyclicBarrier together =
        new java.util.concurrent.CyclicBarrier(CONNECTIONS);
    List<Future<Integer>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        done.add(
            threads.submit(() ->
                database.read(session -> {
                  try {
                    together.await(20, java.util.concurrent.TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  return 1;
                })));
      }
    }
    long sum = 0;
    for (Future<Integer> one : done) {
      sum += one.get();
    }
    return sum;
  }
}
