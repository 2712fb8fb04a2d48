package org.incipit.server.catalog.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes. All jobs that wait share one transaction and so one sync, each behind a savepoint: one
 * that fails takes back what it did and nothing else. If the transaction as a whole is lost, each
 * is tried again in one of its own.
 */
final class SqliteWriter extends SqliteThread {
  private static final int GROUP = 256;

  /** Those who come later than this after the first wait for the next transaction. */
  private static final long GROUP_NANOS = 50_000_000;

  SqliteWriter(JobQueue queue, Path file, CatalogConfig.Limits limits) {
    super("catalog-writer", queue, file, false, limits);
  }

  @Override
  void work(Job<?> first) {
    List<Job<?>> group = new ArrayList<>();
    group.add(first);
    SqliteConnection connection;
    try {
      connection = connection();
      connection.renewDeadline();
      connection.run("BEGIN IMMEDIATE");
    } catch (SQLException | RuntimeException | Error e) {
      rollback();
      first.fail(e);
      return;
    }
    try {
      long begun = System.nanoTime();
      runBehindSavepoint(first, connection);
      while (group.size() < GROUP && System.nanoTime() - begun < GROUP_NANOS) {
        Job<?> next = queue().poll();
        if (next == null) {
          break;
        }
        if (next.take()) {
          group.add(next);
          runBehindSavepoint(next, connection);
        }
      }
      commit(connection);
      group.forEach(Job::finish);
    } catch (SQLException | CatalogException | RuntimeException | Error e) {
      rollback();
      runOneByOne(group, e);
    }
  }

  private static void runBehindSavepoint(Job<?> job, SqliteConnection connection)
      throws SQLException {
    connection.renewDeadline();
    connection.run("SAVEPOINT job");
    if (!job.run(connection.session())) {
      connection.renewDeadline();
      connection.run("ROLLBACK TO job");
    }
    connection.run("RELEASE job");
  }

  /** After an I/O error it may be in the log, where a crash could bring it to light. */
  private static void commit(SqliteConnection connection) throws CatalogException, SQLException {
    connection.renewDeadline();
    try {
      connection.run("COMMIT");
    } catch (SQLException e) {
      throw Failures.ofCommit(e);
    }
  }

  private void runOneByOne(List<Job<?>> group, Throwable cause) {
    for (Job<?> job : group) {
      if (job.hasFailed() || group.size() == 1) {
        job.fail(cause);
      } else {
        runAlone(job);
      }
    }
  }

  private void runAlone(Job<?> job) {
    @Nullable Throwable failure = null;
    try {
      SqliteConnection connection = connection();
      connection.renewDeadline();
      connection.run("BEGIN IMMEDIATE");
      if (job.run(connection.session())) {
        commit(connection);
        job.finish();
        return;
      }
    } catch (SQLException | CatalogException | RuntimeException | Error e) {
      failure = e;
    }
    rollback();
    if (failure == null) {
      job.finish();
    } else {
      job.fail(failure);
    }
  }
}
