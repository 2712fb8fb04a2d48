package org.incipit.server.catalog.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A database in PostgreSQL, worked on by the threads that ask, on pooled connections. */
final class PostgresDatabase implements Database {
  /** The oldest release that is still maintained when this was written has SQL that is needed. */
  private static final int OLDEST = 15;

  /** Of advisory locks: "incipit" in ASCII. */
  private static final long MIGRATION_LOCK = 0x69_6e_63_69_70_69_74L;

  private static final int ATTEMPTS = 8;

  /** How much longer than the server's limit the network is waited for. */
  private static final Duration NETWORK_GRACE = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

  /** Kept, since a level that was set is lost with its logger. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  private final HikariDataSource pool;
  private final LongAdder refused = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();

  private PostgresDatabase(PostgresAddress address, CatalogConfig.Limits limits) {
    POOL_LOG.setLevel(Level.WARNING);
    pool = new HikariDataSource(pool(address, limits));
  }

  private static HikariConfig pool(PostgresAddress address, CatalogConfig.Limits limits) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("catalog");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(limits.connections());
    config.setMinimumIdle(Math.min(2, limits.connections()));
    config.setConnectionTimeout(limits.connect().toMillis());
    config.setValidationTimeout(Math.max(250, limits.connect().toMillis() / 2));
    config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
    config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    // Reading sees one snapshot; writing asks for less, see write.
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.addDataSourceProperty("ApplicationName", "incipit");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("connectTimeout", seconds(limits.connect()));
    config.addDataSourceProperty("loginTimeout", seconds(limits.connect()));
    config.addDataSourceProperty("cancelSignalTimeout", seconds(limits.connect()));
    config.addDataSourceProperty("socketTimeout", seconds(limits.work().plus(NETWORK_GRACE)));
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout="
            + limits.work().toMillis()
            + " -c lock_timeout="
            + limits.lock().toMillis()
            + " -c idle_in_transaction_session_timeout="
            + limits.work().plus(NETWORK_GRACE).toMillis());
    return config;
  }

  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
  }

  /** Connects, and brings the tables up to date. */
  static PostgresDatabase open(String url, CatalogConfig.Limits limits) throws CatalogException {
    PostgresAddress address = PostgresAddress.parse(url);
    PostgresDatabase database = new PostgresDatabase(address, limits);
    try {
      database.refuseOld();
      int found = migrate(url, limits);
      Schema.refuseNewer(found, address.url());
    } catch (CatalogException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
    return database;
  }

  /** On a connection of its own, since it may take as long as it takes. */
  private static int migrate(String url, CatalogConfig.Limits limits) throws CatalogException {
    try (CopyConnection connection = CopyConnection.migrating(url, limits)) {
      Session session = connection.session();
      session.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
      int found = Schema.migrate(session);
      connection.commit();
      return found;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  private void refuseOld() throws CatalogException {
    try (Connection connection = pool.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST) {
        throw new CatalogException(
            "PostgreSQL " + version + " is too old for the catalogue: it needs " + OLDEST, null);
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRES;
  }

  @Override
  public <T> T read(Work<T> work) throws CatalogException {
    return retried(work, true);
  }

  @Override
  public <T> T write(Work<T> work) throws CatalogException {
    return retried(work, false);
  }

  private <T> T retried(Work<T> work, boolean isReading) throws CatalogException {
    for (int attempt = 1; ; attempt++) {
      try {
        return run(work, isReading);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !isWorthRetrying(e)) {
          throw Failures.of(e);
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << attempt));
      }
    }
  }

  private <T> T run(Work<T> work, boolean isReading) throws SQLException, CatalogException {
    Connection connection = connection();
    Session session = new Session(connection, Dialect.POSTGRES);
    T result;
    try {
      connection.setReadOnly(isReading);
      if (!isReading) {
        // So that a statement behind one that waited for a lock sees what the other has done.
        session.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
      }
      result = work.run(session);
      commit(connection, isReading);
    } catch (SQLException | CatalogException | RuntimeException | Error e) {
      rollback(connection, e);
      throw e;
    }
    giveBack(connection, session);
    return result;
  }

  private static void commit(Connection connection, boolean isReading)
      throws SQLException, CatalogException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (isReading || isWorthRetrying(e)) {
        throw e;
      }
      throw Failures.ofCommit(e);
    }
  }

  private Connection connection() throws SQLException {
    long begun = System.nanoTime();
    try {
      Connection connection = pool.getConnection();
      waitedNanos.add(System.nanoTime() - begun);
      return connection;
    } catch (SQLException e) {
      refused.increment();
      throw e;
    }
  }

  private static void rollback(Connection connection, Throwable reason) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** What is committed is done, whatever becomes of the connection. */
  private static void giveBack(Connection connection, Session session) {
    try (connection) {
      session.closeStatements();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was lost behind its transaction", e);
    }
  }

  /** A conflict with another transaction, in which this one was chosen to go back. */
  private static boolean isWorthRetrying(SQLException e) {
    @Nullable String state = e.getSQLState();
    return "40001".equals(state) || "40P01".equals(state);
  }

  @Override
  public CatalogLoad load() {
    HikariPoolMXBean connections = pool.getHikariPoolMXBean();
    return new CatalogLoad(
        connections == null ? 0 : connections.getActiveConnections(),
        connections == null ? 0 : connections.getThreadsAwaitingConnection(),
        refused.sum(),
        waitedNanos.sum());
  }

  @Override
  public void close() {
    pool.close();
  }
}
