package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Dialect;
import org.incipit.server.catalog.store.Session;
import org.jspecify.annotations.Nullable;

/**
 * The change feed, and the one way in which tracks and fingerprints come into the catalogue.
 *
 * <p>Who decides locks the row of the feed until it has committed, and gives out the positions
 * behind the one that it says. So positions have no gaps, their order is that of commits, and a
 * reader that sees one sees all before it, on every store.
 */
public final class Feed {
  private final Database database;
  private final DamagedRows damaged;

  Feed(Database database, DamagedRows damaged) {
    this.database = database;
    this.damaged = damaged;
  }

  /** Where it stands. */
  public FeedHead head() throws CatalogException {
    return database.read(FeedRow::read);
  }

  /**
   * The first changes after a position, in their order, at a price for each.
   *
   * @param most how many; there are fewer also if these are large, but two if there are two
   * @return none if there are none yet
   */
  public List<FeedChange> after(long position, int most) throws CatalogException {
    List<Row> rows = database.read(session -> rows(session, position, most));
    List<FeedChange> changes = new ArrayList<>(rows.size());
    for (Row row : rows) {
      changes.add(row.unpack(damaged));
    }
    return changes;
  }

  /** A change as it is stored; without bytes if the fingerprint is gone. */
  private record Row(
      long position, long mark, long id, long track, int duration, @Nullable PackedBytes bytes) {
    FeedChange unpack(DamagedRows damaged) {
      return new FeedChange(position, mark, id, track, duration, fingerprint(damaged));
    }

    private @Nullable Fingerprint fingerprint(DamagedRows damaged) {
      try {
        return bytes == null ? null : bytes.unpack();
      } catch (FingerprintFormatException e) {
        damaged.add("fingerprint", id, e);
        return null;
      }
    }
  }

  private static List<Row> rows(Session session, long position, int most) throws SQLException {
    PreparedStatement statement =
        session.prepare(
            "SELECT c.position, c.mark, c.fingerprint_id, f.track_id, f.duration, f.data"
                + " FROM change c LEFT JOIN fingerprint f ON f.id = c.fingerprint_id"
                + " WHERE c.position > ? ORDER BY c.position LIMIT ?");
    statement.setLong(1, position);
    statement.setInt(2, most);
    List<Row> rows = new ArrayList<>();
    ReadLimit limit = new ReadLimit();
    try (ResultSet row = ReadLimit.query(statement)) {
      while (limit.hasRoom() && row.next()) {
        byte @Nullable [] bytes = row.getBytes(6);
        PackedBytes packed = bytes == null ? null : new PackedBytes(bytes);
        if (packed != null) {
          limit.add(packed);
        }
        rows.add(
            new Row(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                packed));
      }
    }
    return rows;
  }

  /** The mark of the change at a position; nothing if there is none. */
  public OptionalLong markAt(long position) throws CatalogException {
    return database.read(session -> {
      PreparedStatement statement = session.prepare("SELECT mark FROM change WHERE position = ?");
      statement.setLong(1, position);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    });
  }

  /**
   * Carries out decisions, all or none, if nobody has changed the catalogue since they were made.
   * Ids of new fingerprints and tracks follow those of {@code expected}. When this returns it is on
   * the disk.
   *
   * @param decisions each about another submission; what one makes, later ones may refer to
   * @return whether it was done; if not, somebody was faster, or has decided one of them already
   * @throws IllegalArgumentException if an id is not the one that follows, two are about the same
   *     submission, or one refers to what is not there
   */
  public boolean decide(FeedHead expected, List<Decision> decisions) throws CatalogException {
    DecisionRows rows = new DecisionRows(expected, decisions);
    if (decisions.isEmpty()) {
      return head().equals(expected);
    }
    Set<Long> submissions = new HashSet<>();
    for (Decision decision : decisions) {
      if (!submissions.add(decision.submission().id())) {
        throw new IllegalArgumentException(
            "submission " + decision.submission().id() + " is decided twice");
      }
    }
    return database.write(session -> {
      if (!FeedRow.lock(session).equals(expected) || !arePending(session, submissions)) {
        return false;
      }
      rows.write(session);
      return true;
    });
  }

  private static boolean arePending(Session session, Set<Long> submissions) throws SQLException {
    Dialect dialect = session.dialect();
    PreparedStatement statement =
        session.prepare(
            "SELECT count(*) FROM submission WHERE state = 0 AND " + dialect.inLongs("id"));
    dialect.setLongs(statement, 1, submissions);
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1) == submissions.size();
    }
  }
}
