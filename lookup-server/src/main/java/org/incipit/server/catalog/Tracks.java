package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Columns;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Dialect;
import org.incipit.server.catalog.store.Session;
import org.jspecify.annotations.Nullable;

/**
 * What is known of tracks. Each method asks the database once, for however many, or a few times if
 * the fingerprints are large.
 */
public final class Tracks {
  private final Database database;
  private final DamagedRows damaged;
  private final FingerprintCache cache;

  /**
   * Those of a database.
   *
   * @param cacheBytes of fingerprints in memory, at most
   */
  Tracks(Database database, DamagedRows damaged, long cacheBytes) {
    this.database = database;
    this.damaged = damaged;
    cache = new FingerprintCache(cacheBytes);
  }

  /** Fingerprints by their ids, those that are there and not damaged; hot ones from memory. */
  public Map<Long, StoredFingerprint> fingerprints(Collection<Long> ids) throws CatalogException {
    return fingerprints(ids, 0, Integer.MAX_VALUE);
  }

  /**
   * The same of audio of about one duration only.
   *
   * @param shortest of whole seconds of the whole file
   * @param longest likewise, inclusive
   */
  public Map<Long, StoredFingerprint> fingerprints(Collection<Long> ids, int shortest, int longest)
      throws CatalogException {
    FingerprintCache.Generation kept = cache.now();
    Map<Long, StoredFingerprint> found = new HashMap<>(kept.get(ids));
    Set<Long> missing = new HashSet<>(ids);
    missing.removeAll(found.keySet());
    found.values().removeIf(it -> it.duration() < shortest || it.duration() > longest);
    while (!missing.isEmpty()) {
      Chunk chunk = database.read(session -> chunk(session, missing, shortest, longest));
      for (Row row : chunk.rows) {
        StoredFingerprint fingerprint = unpack(row);
        if (fingerprint != null) {
          kept.put(fingerprint);
          found.put(fingerprint.id(), fingerprint);
        }
      }
      if (chunk.isLast) {
        break;
      }
      long last = chunk.rows.getLast().id;
      missing.removeIf(id -> id <= last);
    }
    return found;
  }

  private @Nullable StoredFingerprint unpack(Row row) {
    try {
      return new StoredFingerprint(row.id, row.track, row.gid, row.duration, row.bytes.unpack());
    } catch (FingerprintFormatException e) {
      damaged.add("fingerprint", row.id, e);
      return null;
    }
  }

  /** How often {@link #fingerprints} found them in memory. */
  public CacheCounts cacheCounts() {
    return cache.counts();
  }

  /**
   * Keeps nothing of what was read before. For who finds out that the catalogue has another history
   * now: what has an id may be something else.
   */
  public void forget() {
    cache.forget();
  }

  /** All fingerprints of these tracks that are not damaged, by track, ordered by id. */
  public Map<Long, List<StoredFingerprint>> fingerprintsOf(Collection<Long> tracks)
      throws CatalogException {
    Map<Long, List<Long>> ids =
        byTrack(
            tracks,
            dialect ->
                "SELECT track_id, id FROM fingerprint WHERE "
                    + dialect.inLongs("track_id")
                    + " ORDER BY track_id, id",
            (row, dialect) -> row.getLong(2));
    Map<Long, StoredFingerprint> all =
        fingerprints(ids.values().stream().flatMap(List::stream).toList());
    Map<Long, List<StoredFingerprint>> found = new HashMap<>();
    ids.forEach((track, each) -> {
      List<StoredFingerprint> there = each.stream().map(all::get).filter(Objects::nonNull).toList();
      if (!there.isEmpty()) {
        found.put(track, there);
      }
    });
    return found;
  }

  /** Recordings by track, ordered by MBID, disabled ones included. */
  public Map<Long, List<MbidLink>> mbids(Collection<Long> tracks) throws CatalogException {
    return byTrack(
        tracks,
        dialect ->
            "SELECT track_id, mbid, submissions, disabled FROM track_mbid WHERE "
                + dialect.inLongs("track_id")
                + " ORDER BY track_id, mbid",
        (row, dialect) ->
            new MbidLink(Columns.uuid(row, 2, dialect), row.getInt(3), row.getBoolean(4)));
  }

  /** What was submitted as text, by track: those of most submissions first, so many at most. */
  public Map<Long, List<SubmittedText>> texts(Collection<Long> tracks, int most)
      throws CatalogException {
    return byTrack(
        tracks,
        dialect ->
            "SELECT track_id, submissions, "
                + TextColumns.NAMES
                + " FROM (SELECT track_id, meta_id, submissions, row_number() OVER"
                + " (PARTITION BY track_id ORDER BY submissions DESC, meta_id) AS place"
                + " FROM track_meta WHERE "
                + dialect.inLongs("track_id")
                + ") AS link JOIN meta ON meta.id = meta_id WHERE place <= ?"
                + " ORDER BY track_id, place",
        (row, dialect) -> new SubmittedText(TextColumns.read(row, 3), row.getInt(2)),
        most);
  }

  /** Foreign ids by track, in alphabetical order. */
  public Map<Long, List<String>> foreignIds(Collection<Long> tracks) throws CatalogException {
    Map<Long, List<String>> found =
        byTrack(
            tracks,
            dialect ->
                "SELECT track_id, foreign_id FROM track_foreign_id WHERE "
                    + dialect.inLongs("track_id"),
            (row, dialect) -> row.getString(2));
    // Here, since databases differ in what they take for alphabetical.
    found.values().forEach(Collections::sort);
    return found;
  }

  /** Tracks by their public ids, those that are there. */
  public Map<UUID, Long> find(Collection<UUID> gids) throws CatalogException {
    if (gids.isEmpty()) {
      return Map.of();
    }
    return database.read(session -> {
      Dialect dialect = session.dialect();
      PreparedStatement statement =
          session.prepare("SELECT gid, id FROM track WHERE " + dialect.inUuids("gid"));
      dialect.setUuids(statement, 1, gids);
      Map<UUID, Long> found = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(dialect.uuid(row, 1), row.getLong(2));
        }
      }
      return found;
    });
  }

  /** Tracks by recording, oldest first, disabled links included. */
  public Map<UUID, List<TrackLink>> ofRecordings(Collection<UUID> mbids) throws CatalogException {
    if (mbids.isEmpty()) {
      return Map.of();
    }
    return database.read(session -> {
      Dialect dialect = session.dialect();
      PreparedStatement statement =
          session.prepare(
              "SELECT mbid, gid, disabled FROM track_mbid JOIN track ON id = track_id WHERE "
                  + dialect.inUuids("mbid")
                  + " ORDER BY mbid, track_id");
      dialect.setUuids(statement, 1, mbids);
      Map<UUID, List<TrackLink>> found = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(dialect.uuid(row, 1), mbid -> new ArrayList<>())
              .add(new TrackLink(Columns.uuid(row, 2, dialect), row.getBoolean(3)));
        }
      }
      return found;
    });
  }

  /** What a row says, beside its track. */
  private interface Reading<T> {
    T of(ResultSet row, Dialect dialect) throws SQLException;
  }

  /** Rows that begin with their track, grouped by it; tracks and then numbers are bound. */
  private <T> Map<Long, List<T>> byTrack(
      Collection<Long> tracks, Function<Dialect, String> sql, Reading<T> reading, int... numbers)
      throws CatalogException {
    if (tracks.isEmpty()) {
      return Map.of();
    }
    return database.read(session -> {
      Dialect dialect = session.dialect();
      PreparedStatement statement = session.prepare(sql.apply(dialect));
      dialect.setLongs(statement, 1, tracks);
      for (int i = 0; i < numbers.length; i++) {
        statement.setInt(2 + i, numbers[i]);
      }
      Map<Long, List<T>> found = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getLong(1), track -> new ArrayList<>())
              .add(reading.of(row, dialect));
        }
      }
      return found;
    });
  }

  /** A fingerprint as it is stored. It is unpacked by who asks, not by a thread of the database. */
  private record Row(long id, long track, UUID gid, int duration, PackedBytes bytes) {}

  /** The first of the rows that were asked for, ordered by id. */
  private record Chunk(List<Row> rows, boolean isLast) {}

  private static Chunk chunk(Session session, Collection<Long> ids, int shortest, int longest)
      throws SQLException {
    Dialect dialect = session.dialect();
    PreparedStatement statement =
        session.prepare(
            "SELECT f.id, f.track_id, t.gid, f.duration, f.data"
                + " FROM fingerprint f JOIN track t ON t.id = f.track_id WHERE "
                + dialect.inLongs("f.id")
                + " AND f.duration BETWEEN ? AND ? ORDER BY f.id");
    dialect.setLongs(statement, 1, ids);
    statement.setInt(2, shortest);
    statement.setInt(3, longest);
    List<Row> rows = new ArrayList<>();
    ReadLimit limit = new ReadLimit();
    try (ResultSet row = ReadLimit.query(statement)) {
      while (limit.hasRoom()) {
        if (!row.next()) {
          return new Chunk(rows, true);
        }
        PackedBytes bytes = new PackedBytes(row.getBytes(5));
        limit.add(bytes);
        rows.add(
            new Row(
                row.getLong(1),
                row.getLong(2),
                Columns.uuid(row, 3, dialect),
                row.getInt(4),
                bytes));
      }
    }
    return new Chunk(rows, false);
  }
}
