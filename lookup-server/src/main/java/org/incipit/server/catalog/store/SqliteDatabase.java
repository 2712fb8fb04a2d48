package org.incipit.server.catalog.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A SQLite file, worked on by a few platform threads, because a call into SQLite holds its thread:
 * one writes, some read. Callers only wait.
 */
final class SqliteDatabase implements Database {
  private final CatalogConfig.Limits limits;
  private final JobQueue reads;
  private final JobQueue writes;
  private final List<SqliteThread> threads = new ArrayList<>();

  private SqliteDatabase(Path file, CatalogConfig.Limits limits) {
    this.limits = limits;
    reads = new JobQueue(limits.queue());
    writes = new JobQueue(limits.queue());
    threads.add(new SqliteWriter(writes, file, limits));
    for (int number = 1; number <= limits.readers(); number++) {
      threads.add(new SqliteReader(number, reads, file, limits));
    }
  }

  /** Opens a file, or makes it, and brings its tables up to date. */
  static SqliteDatabase open(Path file, CatalogConfig.Limits limits) throws CatalogException {
    int found = migrate(file, limits);
    Schema.refuseNewer(found, file.toString());
    SqliteDatabase database = new SqliteDatabase(file, limits);
    database.threads.forEach(SqliteThread::start);
    return database;
  }

  /** On a connection of its own, since it may take as long as it takes. */
  private static int migrate(Path file, CatalogConfig.Limits limits) throws CatalogException {
    try {
      OwnFiles.create(file);
      try (SqliteConnection connection = SqliteConnection.openUnlimited(file, limits)) {
        connection.run("BEGIN IMMEDIATE");
        int found = Schema.migrate(connection.session());
        connection.run("COMMIT");
        return found;
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    } catch (IOException e) {
      throw new CatalogException("cannot make " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public <T> T read(Work<T> work) throws CatalogException {
    return run(work, reads);
  }

  @Override
  public <T> T write(Work<T> work) throws CatalogException {
    return run(work, writes);
  }

  private <T> T run(Work<T> work, JobQueue queue) throws CatalogException {
    Job<T> job = new Job<>(work);
    queue.put(job);
    return job.await(limits.work());
  }

  @Override
  public CatalogLoad load() {
    CatalogLoad read = reads.load();
    CatalogLoad write = writes.load();
    return new CatalogLoad(
        (int) threads.stream().filter(SqliteThread::isBusy).count(),
        read.waiting() + write.waiting(),
        read.refused() + write.refused(),
        read.waitedNanos() + write.waitedNanos());
  }

  @Override
  public void close() {
    reads.close();
    writes.close();
    threads.forEach(SqliteThread::join);
  }
}
