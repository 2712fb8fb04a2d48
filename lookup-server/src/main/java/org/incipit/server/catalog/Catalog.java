package org.incipit.server.catalog;

import java.io.Closeable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.CatalogLoad;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Session;

/**
 * A catalogue that is open. Safe for any number of threads; whoever asks waits. Its parts are its
 * own for as long as it is open.
 */
public final class Catalog implements Closeable {
  private final Database database;
  private final UUID id;
  private final DamagedRows damaged = new DamagedRows();
  private final Keys keys;
  private final Submissions submissions;
  private final Feed feed;
  private final Tracks tracks;

  private Catalog(Database database, UUID id, CatalogConfig.Limits limits) {
    this.database = database;
    this.id = id;
    keys = new Keys(database);
    submissions = new Submissions(database, damaged, limits.lease());
    feed = new Feed(database, damaged);
    tracks = new Tracks(database, damaged, limits.cacheBytes());
  }

  /**
   * Opens a catalogue, making it if there is none and its tables as new as this program knows them.
   *
   * @throws CatalogException as well if it was made by a later program
   */
  public static Catalog open(CatalogConfig config) throws CatalogException {
    Database database = Database.open(config);
    try {
      return new Catalog(database, database.read(Catalog::id), config.limits());
    } catch (CatalogException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  private static UUID id(Session session) throws SQLException {
    try (ResultSet row = session.prepare("SELECT id FROM catalog").executeQuery()) {
      row.next();
      return Objects.requireNonNull(session.dialect().uuid(row, 1));
    }
  }

  /** Whether other servers may work on it at the same time. */
  public boolean isShared() {
    return database.dialect().isShared();
  }

  /** By which it differs from all others. */
  public UUID id() {
    return id;
  }

  public Keys keys() {
    return keys;
  }

  public Submissions submissions() {
    return submissions;
  }

  public Feed feed() {
    return feed;
  }

  public Tracks tracks() {
    return tracks;
  }

  /** How much its database has to do. Does not ask it. */
  public CatalogLoad load() {
    return database.load();
  }

  /** How many rows turned out to have no fingerprint but damaged bytes, since it was opened. */
  public int damagedRows() {
    return damaged.count();
  }

  @Override
  public void close() {
    database.close();
  }
}
