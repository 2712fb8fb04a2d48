package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Columns;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Dialect;

/** What is known of tracks. Each method asks the database once, for however many. */
public final class Tracks {
  /**
   * Links of one track, or of one recording, that are told. A few are usual; whoever submits can
   * make any number of them, and an answer has those of up to 100 tracks in memory.
   */
  static final int MOST_LINKS = 1000;

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

  /**
   * Fingerprints by their ids, those that are there and not damaged; hot ones from memory. All at
   * once: for who asks for few.
   */
  public Map<Long, StoredFingerprint> fingerprints(Collection<Long> ids) throws CatalogException {
    return reading(ids, 0, Integer.MAX_VALUE, Long.MAX_VALUE).next();
  }

  /**
   * The same of audio of about one duration only, chunk by chunk. They are read when they are asked
   * for.
   *
   * @param shortest of whole seconds of the whole file
   * @param longest likewise, inclusive
   * @param chunkBytes of hashes in memory that end a chunk, the one that gets there included;
   *     positive
   */
  public FingerprintChunks fingerprints(
      Collection<Long> ids, int shortest, int longest, long chunkBytes) {
    return reading(ids, shortest, longest, chunkBytes);
  }

  private FingerprintReading reading(
      Collection<Long> ids, int shortest, int longest, long chunkBytes) {
    return new FingerprintReading(
        database,
        damaged,
        cache.now(),
        ids,
        new FingerprintReading.Span(shortest, longest),
        chunkBytes);
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

  /** The ids of all fingerprints of these tracks, by track, ascending. */
  public Map<Long, List<Long>> fingerprintIds(Collection<Long> tracks) throws CatalogException {
    return byTrack(
        tracks,
        dialect ->
            "SELECT track_id, id FROM fingerprint WHERE "
                + dialect.inLongs("track_id")
                + " ORDER BY track_id, id",
        (row, dialect) -> row.getLong(2));
  }

  /**
   * Recordings by track, ordered by MBID, disabled ones included: the {@value #MOST_LINKS} of most
   * submissions.
   */
  public Map<Long, List<MbidLink>> mbids(Collection<Long> tracks) throws CatalogException {
    return byTrack(
        tracks,
        dialect ->
            "SELECT track_id, mbid, submissions, disabled FROM (SELECT track_id, mbid, submissions,"
                + " disabled, row_number() OVER (PARTITION BY track_id"
                + " ORDER BY submissions DESC, mbid) AS place FROM track_mbid WHERE "
                + dialect.inLongs("track_id")
                + ") AS link WHERE place <= ? ORDER BY track_id, mbid",
        (row, dialect) ->
            new MbidLink(Columns.uuid(row, 2, dialect), row.getInt(3), row.getBoolean(4)),
        MOST_LINKS);
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

  /**
   * Foreign ids by track, in alphabetical order: the {@value #MOST_LINKS} of most submissions.
   *
   * @param mostLetters of all of them that are read, the one that gets beyond included; whoever
   *     gets more does not have all
   */
  public Map<Long, List<String>> foreignIds(Collection<Long> tracks, int mostLetters)
      throws CatalogException {
    Map<Long, List<String>> found =
        byTrack(
            tracks,
            dialect ->
                "SELECT track_id, foreign_id FROM (SELECT track_id, foreign_id,"
                    + " sum(length(foreign_id)) OVER (ORDER BY track_id, place)"
                    + " - length(foreign_id) AS letters_before"
                    + " FROM (SELECT track_id, foreign_id, row_number() OVER"
                    + " (PARTITION BY track_id ORDER BY submissions DESC, foreign_id) AS place"
                    + " FROM track_foreign_id WHERE "
                    + dialect.inLongs("track_id")
                    + ") AS link WHERE place <= ?) AS told WHERE letters_before <= ?",
            (row, dialect) -> row.getString(2),
            MOST_LINKS,
            mostLetters);
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

  /**
   * Tracks by recording, oldest first, disabled links included: the {@value #MOST_LINKS} oldest,
   * disabled ones only if there is room.
   *
   * @param most of each recording, if fewer
   */
  public Map<UUID, List<TrackLink>> ofRecordings(Collection<UUID> mbids, int most)
      throws CatalogException {
    if (mbids.isEmpty()) {
      return Map.of();
    }
    return database.read(session -> {
      Dialect dialect = session.dialect();
      PreparedStatement statement =
          session.prepare(
              "SELECT mbid, gid, disabled FROM (SELECT mbid, track_id, disabled, row_number() OVER"
                  + " (PARTITION BY mbid ORDER BY disabled, track_id) AS place FROM track_mbid WHERE "
                  + dialect.inUuids("mbid")
                  + ") AS link JOIN track ON id = track_id WHERE place <= ?"
                  + " ORDER BY mbid, track_id");
      dialect.setUuids(statement, 1, mbids);
      statement.setInt(2, Math.min(most, MOST_LINKS));
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
}
