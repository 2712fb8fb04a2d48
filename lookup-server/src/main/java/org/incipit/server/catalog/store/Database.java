package org.incipit.server.catalog.store;

import java.io.Closeable;

/**
 * Runs work, each in a transaction of its own. Safe for any number of threads; the caller waits.
 */
public interface Database extends Closeable {
  /** Connects to one, or makes the file, and brings its tables up to date. */
  static Database open(CatalogConfig config) throws CatalogException {
    String url = config.url();
    return url == null
        ? SqliteDatabase.open(config.directory().resolve(CatalogConfig.FILE), config.limits())
        : PostgresDatabase.open(url, config.limits());
  }

  /** In what its SQL differs. */
  Dialect dialect();

  /** Runs work that only reads, all of it in one snapshot. */
  <T> T read(Work<T> work) throws CatalogException;

  /**
   * Runs work that writes. When this returns it is on the disk; when it throws, nothing is, unless
   * the exception says that nobody knows.
   */
  <T> T write(Work<T> work) throws CatalogException;

  /** How much it has to do. */
  CatalogLoad load();

  /** Ends threads and connections. What runs is waited for, what waits fails. */
  @Override
  void close();
}
