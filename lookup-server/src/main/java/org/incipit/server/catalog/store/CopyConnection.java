package org.incipit.server.catalog.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;

/**
 * A connection with one transaction that may take as long as a whole catalogue does: to copy it, or
 * to bring its tables up to date.
 */
final class CopyConnection implements AutoCloseable {
  private final Connection connection;
  private final Session session;

  private CopyConnection(Connection connection, Dialect dialect) {
    this.connection = connection;
    session = new Session(connection, dialect);
  }

  /**
   * Sees one moment of a catalogue, in which nothing is changed: neither is its version.
   *
   * @throws CatalogException also if that is not the one that this program has
   */
  static CopyConnection reading(CatalogConfig config) throws CatalogException, SQLException {
    String url = config.url();
    CopyConnection opened =
        url == null
            ? readingFile(config.directory().resolve(CatalogConfig.FILE))
            : postgres(url, config.limits(), "REPEATABLE READ, READ ONLY");
    try {
      Schema.requireSame(
          opened.session, url == null ? config.directory().toString() : "PostgreSQL");
      return opened;
    } catch (CatalogException | SQLException e) {
      opened.close();
      throw e;
    }
  }

  /** Has begun nothing yet but its transaction. */
  static CopyConnection migrating(String url, CatalogConfig.Limits limits)
      throws CatalogException, SQLException {
    CopyConnection opened = postgres(url, limits);
    opened.begin("SET LOCAL statement_timeout = 0");
    return opened;
  }

  static CopyConnection readingFile(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    CopyConnection opened = sqlite(file, config);
    opened.begin("BEGIN");
    opened.look();
    return opened;
  }

  /** A new file; whoever sees it before it is closed sees nothing that is of use. */
  static CopyConnection writingNew(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setPageSize(SqliteConnection.PAGE_BYTES);
    config.setSynchronous(SynchronousMode.OFF);
    CopyConnection opened = sqlite(file, config);
    try {
      opened.session.execute("PRAGMA journal_mode = OFF");
      opened.session.execute("BEGIN");
      Schema.migrate(opened.session);
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  static CopyConnection writing(String url, CatalogConfig.Limits limits)
      throws CatalogException, SQLException {
    CopyConnection opened = postgres(url, limits, "READ COMMITTED");
    for (String table : Schema.TABLES) {
      opened.session.execute("LOCK TABLE " + table);
    }
    return opened;
  }

  private static CopyConnection sqlite(Path file, SQLiteConfig config) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    return new CopyConnection(connection, Dialect.SQLITE);
  }

  private static CopyConnection postgres(String url, CatalogConfig.Limits limits, String isolation)
      throws CatalogException, SQLException {
    CopyConnection opened = postgres(url, limits);
    opened.begin("SET TRANSACTION ISOLATION LEVEL " + isolation);
    opened.look();
    return opened;
  }

  private static CopyConnection postgres(String url, CatalogConfig.Limits limits)
      throws CatalogException, SQLException {
    PostgresAddress address = PostgresAddress.parse(url);
    Properties properties = address.login();
    properties.setProperty("ApplicationName", "incipit");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("connectTimeout", Long.toString(limits.connect().toSeconds()));
    Connection connection = DriverManager.getConnection(address.url(), properties);
    CopyConnection opened = new CopyConnection(connection, Dialect.POSTGRES);
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void begin(String command) throws SQLException {
    try {
      session.execute(command);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** The moment that is seen is that of the first look. */
  private void look() throws SQLException {
    try {
      session.prepare("SELECT 1 FROM feed").executeQuery().close();
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  Session session() {
    return session;
  }

  /** Copies the file page by page, as this transaction sees it. */
  void backUp(Path to) throws SQLException {
    int code =
        connection.unwrap(SQLiteConnection.class).getDatabase().backup("main", to.toString(), null);
    if (code != Codes.SQLITE_OK) {
      throw new SQLException("copying to " + to + " failed with SQLite's code " + code);
    }
  }

  void commit() throws SQLException {
    session.closeStatements();
    if (session.dialect() == Dialect.SQLITE) {
      session.execute("COMMIT");
    } else {
      connection.commit();
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
