package org.incipit.server.catalog.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.incipit.server.task.Joining;
import org.jspecify.annotations.Nullable;

/** A platform thread that works through a queue on a connection of its own. */
abstract class SqliteThread {
  private final JobQueue queue;
  private final Path file;
  private final boolean isReader;
  private final CatalogConfig.Limits limits;
  private final Thread thread;
  private @Nullable SqliteConnection connection;
  private volatile boolean isBusy;

  SqliteThread(
      String name, JobQueue queue, Path file, boolean isReader, CatalogConfig.Limits limits) {
    this.queue = queue;
    this.file = file;
    this.isReader = isReader;
    this.limits = limits;
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
  }

  /** Does a job that it has taken, and maybe more. All that it takes it finishes. */
  abstract void work(Job<?> job);

  void start() {
    thread.start();
  }

  /** Whether it has a job now. */
  boolean isBusy() {
    return isBusy;
  }

  JobQueue queue() {
    return queue;
  }

  /** The connection, opened anew if the last one was given up. */
  SqliteConnection connection() throws SQLException {
    SqliteConnection open = connection;
    if (open == null) {
      open = SqliteConnection.open(file, isReader, limits);
      connection = open;
    }
    return open;
  }

  /** Ends a transaction that has failed; a connection that cannot even do that is given up. */
  void rollback() {
    SqliteConnection open = connection;
    if (open != null) {
      try {
        open.rollback();
      } catch (SQLException e) {
        closeConnection(e);
      }
    }
  }

  private void work() {
    Job<?> job = queue.take();
    while (job != null) {
      if (job.take()) {
        isBusy = true;
        work(job);
        isBusy = false;
      }
      job = queue.take();
    }
    closeConnection(null);
  }

  private void closeConnection(@Nullable SQLException reason) {
    SqliteConnection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        if (reason != null) {
          reason.addSuppressed(e);
        }
      }
    }
  }

  /** Waits for its end; the queue has been closed. */
  void join() {
    Joining.join(thread);
  }
}
