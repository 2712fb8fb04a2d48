package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Columns;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Dialect;
import org.incipit.server.catalog.store.Session;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints by their ids, those that are there and not damaged. Hot ones come from memory, the
 * others of a chunk by one query. Of one thread.
 */
final class FingerprintReading implements FingerprintChunks {
  /** Packed ones that are larger come alone: PostgreSQL sends many rows at once, unasked. */
  private static final int LARGE = 1 << 16;

  private static final String LARGE_DATA = "SELECT data FROM fingerprint WHERE id = ?";

  /** Seconds of the whole file, both inclusive. */
  record Span(int shortest, int longest) {
    boolean has(int duration) {
      return duration >= shortest && duration <= longest;
    }
  }

  private final Database database;
  private final DamagedRows damaged;
  private final FingerprintCache.Generation kept;
  private final Span durations;
  private final long chunkBytes;

  /** Those not looked for in memory yet, ascending. */
  private final ArrayDeque<Long> asked;

  /** Those not in memory, ascending. */
  private final List<Long> missing = new ArrayList<>();

  /**
   * Nothing read yet.
   *
   * @param chunkBytes of hashes in memory that end a chunk
   */
  FingerprintReading(
      Database database,
      DamagedRows damaged,
      FingerprintCache.Generation kept,
      Collection<Long> ids,
      Span durations,
      long chunkBytes) {
    this.database = database;
    this.damaged = damaged;
    this.kept = kept;
    this.durations = durations;
    this.chunkBytes = chunkBytes;
    asked = new ArrayDeque<>(new TreeSet<>(ids));
  }

  @Override
  public boolean hasNext() {
    return !asked.isEmpty() || !missing.isEmpty();
  }

  @Override
  public Optional<Map<Long, StoredFingerprint>> nextInMemory() {
    if (!missing.isEmpty() || !areNextHot()) {
      return Optional.empty();
    }
    Map<Long, StoredFingerprint> chunk = new HashMap<>();
    takeHot(chunk);
    return Optional.of(chunk);
  }

  /** Takes nothing, so that whoever waits after it holds nothing that the memory gives away. */
  private boolean areNextHot() {
    long bytes = 0;
    for (Long id : asked) {
      StoredFingerprint hot = kept.peek(id);
      if (hot == null) {
        return false;
      }
      bytes += durations.has(hot.duration()) ? bytes(hot) : 0;
      if (bytes >= chunkBytes) {
        break;
      }
    }
    return true;
  }

  @Override
  public Map<Long, StoredFingerprint> next() throws CatalogException {
    Map<Long, StoredFingerprint> chunk = new HashMap<>();
    long bytes = takeHot(chunk);
    while ((bytes < chunkBytes || chunk.isEmpty()) && !missing.isEmpty()) {
      bytes += read(chunkBytes - bytes, chunk);
    }
    return chunk;
  }

  /** Takes hot ones until a chunk is full, and finds out what is missing; returns their bytes. */
  private long takeHot(Map<Long, StoredFingerprint> chunk) {
    long bytes = 0;
    while (bytes < chunkBytes && !asked.isEmpty()) {
      long id = asked.remove();
      StoredFingerprint hot = kept.get(id);
      if (hot == null) {
        missing.add(id);
      } else if (durations.has(hot.duration())) {
        chunk.put(id, hot);
        bytes += bytes(hot);
      }
    }
    return bytes;
  }

  private static long bytes(StoredFingerprint hot) {
    return (long) Integer.BYTES * hot.fingerprint().size();
  }

  /** Reads the first of what is missing; returns what they weigh. */
  private long read(long most, Map<Long, StoredFingerprint> chunk) throws CatalogException {
    Rows rows = database.read(session -> rows(session, most));
    for (Row row : rows.list) {
      StoredFingerprint fingerprint = unpack(row);
      if (fingerprint != null) {
        kept.put(fingerprint);
        chunk.put(fingerprint.id(), fingerprint);
      }
    }
    if (rows.areLast) {
      missing.clear();
    } else {
      long last = rows.list.getLast().id;
      missing.removeIf(id -> id <= last);
    }
    return rows.bytes;
  }

  private @Nullable StoredFingerprint unpack(Row row) {
    try {
      return new StoredFingerprint(row.id, row.track, row.gid, row.duration, row.bytes.unpack());
    } catch (FingerprintFormatException e) {
      damaged.add("fingerprint", row.id, e);
      return null;
    }
  }

  /** A fingerprint as it is stored. It is unpacked by who asks, not by a thread of the database. */
  private record Row(long id, long track, UUID gid, int duration, PackedBytes bytes) {}

  /** The first of the rows that were asked for, ordered by id, and what they weigh. */
  private record Rows(List<Row> list, long bytes, boolean areLast) {}

  private Rows rows(Session session, long most) throws SQLException {
    Dialect dialect = session.dialect();
    PreparedStatement statement =
        session.prepare(
            "SELECT f.id, f.track_id, t.gid, f.duration, CASE WHEN length(f.data) <= "
                + LARGE
                + " THEN f.data END FROM fingerprint f JOIN track t ON t.id = f.track_id WHERE "
                + dialect.inLongs("f.id")
                + " AND f.duration BETWEEN ? AND ? ORDER BY f.id");
    dialect.setLongs(statement, 1, missing);
    statement.setInt(2, durations.shortest());
    statement.setInt(3, durations.longest());
    List<Row> rows = new ArrayList<>();
    ReadLimit limit = new ReadLimit(most, 1);
    try (ResultSet row = ReadLimit.query(statement)) {
      while (limit.hasRoom()) {
        if (!row.next()) {
          return new Rows(rows, limit.bytes(), true);
        }
        long id = row.getLong(1);
        byte @Nullable [] data = row.getBytes(5);
        PackedBytes bytes = new PackedBytes(data == null ? large(session, id) : data);
        limit.add(bytes);
        rows.add(new Row(id, row.getLong(2), Columns.uuid(row, 3, dialect), row.getInt(4), bytes));
      }
    }
    return new Rows(rows, limit.bytes(), false);
  }

  private static byte[] large(Session session, long id) throws SQLException {
    PreparedStatement statement = session.prepare(LARGE_DATA);
    statement.setLong(1, id);
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBytes(1);
    }
  }
}
