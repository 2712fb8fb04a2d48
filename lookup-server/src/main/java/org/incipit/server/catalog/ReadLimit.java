package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many rows with fingerprints are read at a time: until these have so many bytes, since a
 * fingerprint may be anything from a few bytes to megabytes.
 */
final class ReadLimit {
  /** Where reading ends, at the row that gets there. */
  static final long MOST_BYTES = 16 << 20;

  /** Rows that come whatever they weigh: who asks for what follows one that it has gets on. */
  static final int LEAST_ROWS = 2;

  /** Rows that PostgreSQL sends at once; a lookup has as many candidates. */
  private static final int FETCHED = 40;

  private long bytes;
  private int rows;

  /** The rows of a query that is bound, of which not all may be read. */
  static ResultSet query(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(FETCHED);
    return statement.executeQuery();
  }

  /** Whether there may be one more. */
  boolean hasRoom() {
    return rows < LEAST_ROWS || bytes < MOST_BYTES;
  }

  /** One was read. */
  void add(PackedBytes fingerprint) {
    bytes += fingerprint.weight();
    rows++;
  }
}
