package org.incipit.server.catalog.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;

/** A connection to a SQLite file, of one thread, and its statements. */
final class SqliteConnection implements AutoCloseable {
  /** Rows of fingerprints have about 3 KB; see ARCHITECTURE.md for the figures. */
  static final int PAGE_BYTES = 16384;

  private static final long PAUSE_NANOS = 10_000_000;
  private static final int CACHE_KIB = 16 << 10;
  private static final int WAL_BYTES_KEPT = 64 << 20;
  private static final int STEPS_BETWEEN_CHECKS = 20_000;
  private static final Duration UNLIMITED = Duration.ofDays(10_000);

  private final Connection connection;
  private final Session session;
  private final Duration limit;
  private long deadline;

  private SqliteConnection(Connection connection, Duration limit) throws SQLException {
    this.connection = connection;
    this.limit = limit;
    session = new Session(connection, Dialect.SQLITE);
    renewDeadline();
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_CHECKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - deadline > 0 ? 1 : 0;
          }
        });
  }

  static SqliteConnection open(Path file, boolean isReader, CatalogConfig.Limits limits)
      throws SQLException {
    return open(file, isReader, limits.lock(), limits.work());
  }

  /** One that writes, and whose work may take as long as it takes. */
  static SqliteConnection openUnlimited(Path file, CatalogConfig.Limits limits)
      throws SQLException {
    return open(file, false, limits.lock(), UNLIMITED);
  }

  private static SqliteConnection open(Path file, boolean isReader, Duration lock, Duration work)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(lock.toMillis()));
    config.enforceForeignKeys(true);
    config.setGetGeneratedKeys(false);
    config.setCacheSize(-CACHE_KIB);
    if (isReader) {
      config.setReadOnly(true);
    } else {
      config.setPageSize(PAGE_BYTES);
      config.setSynchronous(SynchronousMode.FULL);
      config.setJournalSizeLimit(WAL_BYTES_KEPT);
    }
    Properties properties = config.toProperties();
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    try {
      SqliteConnection opened = new SqliteConnection(connection, work);
      if (!isReader) {
        opened.beginLog(lock);
      }
      return opened;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Has a write-ahead log from now on. That is not in the configuration, which would write the file
   * before it knows its page size. For the lock of another that does so at the same time SQLite
   * itself does not wait.
   */
  private void beginLog(Duration patience) throws SQLException {
    long end = System.nanoTime() + patience.toNanos();
    boolean begun = false;
    while (!begun) {
      try {
        session.execute("PRAGMA journal_mode = WAL");
        begun = true;
      } catch (SQLException e) {
        if ((e.getErrorCode() & 0xFF) != SQLiteErrorCode.SQLITE_BUSY.code
            || System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  Session session() {
    return session;
  }

  /** From now on work may take as long as the limit says. */
  void renewDeadline() {
    deadline = System.nanoTime() + limit.toNanos();
  }

  void run(String command) throws SQLException {
    session.prepare(command).execute();
  }

  /** Ends a transaction if there is one. */
  void rollback() throws SQLException {
    renewDeadline();
    try {
      run("ROLLBACK");
    } catch (SQLException e) {
      // Some failures end the transaction by themselves. What is not usable shows in a new one.
      run("BEGIN");
      run("ROLLBACK");
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      session.closeStatements();
    } finally {
      connection.close();
    }
  }
}
