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

  private final long mostBytes;
  private final int leastRows;
  private long bytes;
  private int rows;

  /** For who goes on behind what he has. */
  ReadLimit() {
    this(MOST_BYTES, LEAST_ROWS);
  }

  /**
   * For others.
   *
   * @param leastRows that come whatever they weigh, at least one
   */
  ReadLimit(long mostBytes, int leastRows) {
    this.mostBytes = mostBytes;
    this.leastRows = leastRows;
  }

  /** The rows of a query that is bound, of which not all may be read. */
  static ResultSet query(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(FETCHED);
    return statement.executeQuery();
  }

  /** Whether there may be one more. */
  boolean hasRoom() {
    return rows < leastRows || bytes < mostBytes;
  }

  /** One was read. */
  void add(PackedBytes fingerprint) {
    bytes += fingerprint.weight();
    rows++;
  }

  /** What was read weighs so much. */
  long bytes() {
    return bytes;
  }
}
