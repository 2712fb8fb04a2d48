package org.incipit.server.catalog.store;

import java.nio.file.Path;
import java.sql.SQLException;

/** Reads, each job in a snapshot of its own. */
final class SqliteReader extends SqliteThread {
  SqliteReader(int number, JobQueue queue, Path file, CatalogConfig.Limits limits) {
    super("catalog-reader-" + number, queue, file, true, limits);
  }

  @Override
  void work(Job<?> job) {
    try {
      SqliteConnection connection = connection();
      connection.renewDeadline();
      connection.run("BEGIN");
      if (job.run(connection.session())) {
        connection.run("COMMIT");
        job.finish();
        return;
      }
    } catch (SQLException | RuntimeException | Error e) {
      rollback();
      job.fail(e);
      return;
    }
    rollback();
    job.finish();
  }
}
