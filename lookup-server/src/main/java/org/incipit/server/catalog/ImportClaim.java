package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.incipit.server.catalog.store.Session;

/**
 * The claim on what waits, where several programs work on one database. It is kept in the row of
 * the feed: who, until when by the database's clock, and up to which submission. It counts as long
 * as one of those waits; so it ends by itself when they are decided.
 *
 * <p>It saves work and keeps the order; that nothing is imported twice does not hang on it, since
 * {@link Feed#decide} takes only what is pending.
 */
final class ImportClaim {
  private final UUID claimant = UUID.randomUUID();
  private final long leaseMicros;

  ImportClaim(long leaseMicros) {
    this.leaseMicros = leaseMicros;
  }

  /** Whether another has it now; the feed is locked. */
  boolean isTakenByAnother(Session session) throws SQLException {
    String sql =
        "SELECT claimed_by FROM feed WHERE claimed_until > "
            + session.dialect().now()
            + " AND EXISTS (SELECT 1 FROM submission WHERE state = 0 AND id <= claimed_through)";
    try (ResultSet row = session.prepare(sql).executeQuery()) {
      return row.next() && !Objects.equals(session.dialect().uuid(row, 1), claimant);
    }
  }

  /** Takes or renews it; the feed is locked. */
  void take(Session session, long through) throws SQLException {
    PreparedStatement statement =
        session.prepare(
            "UPDATE feed SET claimed_by = ?, claimed_through = ?, claimed_until = ? + "
                + session.dialect().now());
    session.dialect().setUuid(statement, 1, claimant);
    statement.setLong(2, through);
    statement.setLong(3, leaseMicros);
    statement.executeUpdate();
  }

  /** Gives it back if it is ours. */
  void release(Session session) throws SQLException {
    PreparedStatement statement =
        session.prepare("UPDATE feed SET claimed_until = 0 WHERE claimed_by = ?");
    session.dialect().setUuid(statement, 1, claimant);
    statement.executeUpdate();
  }
}
