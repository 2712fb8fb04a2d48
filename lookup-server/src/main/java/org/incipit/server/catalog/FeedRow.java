package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.incipit.server.catalog.store.Session;

/** The one row of the feed. Who has locked it is the only one that decides or claims. */
final class FeedRow {
  private static final String HEAD = "SELECT position, last_fingerprint, last_track FROM feed";

  private FeedRow() {}

  static FeedHead read(Session session) throws SQLException {
    return read(session, HEAD);
  }

  /**
   * Waits until nobody else has it locked; it stays ours until the end of the transaction. What is
   * read from here on includes what they have done.
   */
  static FeedHead lock(Session session) throws SQLException {
    return read(session, session.dialect().locking(HEAD));
  }

  static void write(Session session, FeedHead head) throws SQLException {
    PreparedStatement statement =
        session.prepare("UPDATE feed SET position = ?, last_fingerprint = ?, last_track = ?");
    statement.setLong(1, head.position());
    statement.setLong(2, head.lastFingerprint());
    statement.setLong(3, head.lastTrack());
    statement.executeUpdate();
  }

  private static FeedHead read(Session session, String sql) throws SQLException {
    try (ResultSet row = session.prepare(sql).executeQuery()) {
      row.next();
      return new FeedHead(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }
}
