package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Columns;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Dialect;
import org.incipit.server.catalog.store.Session;

/** What was submitted, and the queue of what is to be imported. */
public final class Submissions {
  /** Submissions that are stored at once. */
  public static final int MOST_AT_ONCE = 10_000;

  /** Packed fingerprints, that of each submission, which are stored at once. */
  public static final int MOST_BYTES_AT_ONCE = 128 << 20;

  private final Database database;
  private final DamagedRows damaged;
  private final ImportClaim claim;

  /**
   * Those of a database.
   *
   * @param lease how long a claim is valid unless it is renewed
   */
  Submissions(Database database, DamagedRows damaged, Duration lease) {
    this.database = database;
    this.damaged = damaged;
    claim = new ImportClaim(TimeUnit.MICROSECONDS.convert(lease));
  }

  /**
   * Stores submissions, all or none. When this returns they are on the disk. A fingerprint that
   * several share is packed once.
   *
   * @return their ids, ascending in the order given
   * @throws IllegalArgumentException if there are more than {@value #MOST_AT_ONCE}, or their packed
   *     fingerprints have more than {@value #MOST_BYTES_AT_ONCE} bytes
   */
  public List<Long> add(List<NewSubmission> submissions) throws CatalogException {
    if (submissions.isEmpty()) {
      return List.of();
    }
    if (submissions.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "submissions must be at most " + MOST_AT_ONCE + " (got " + submissions.size() + ")");
    }
    IdentityHashMap<Fingerprint, PackedBytes> packed = new IdentityHashMap<>();
    long bytes = 0;
    for (NewSubmission submission : submissions) {
      bytes += packed.computeIfAbsent(submission.fingerprint(), PackedBytes::of).bytes().length;
    }
    if (bytes > MOST_BYTES_AT_ONCE) {
      throw new IllegalArgumentException(
          "packed fingerprints must have at most "
              + MOST_BYTES_AT_ONCE
              + " bytes (got "
              + bytes
              + ")");
    }
    return database.write(session -> insert(session, submissions, packed));
  }

  private static List<Long> insert(
      Session session,
      List<NewSubmission> submissions,
      IdentityHashMap<Fingerprint, PackedBytes> packed)
      throws SQLException {
    List<Long> ids = newIds(session, submissions.size());
    PreparedStatement rows = session.prepare(SubmissionColumns.insert(session.dialect()));
    PreparedStatement data = session.prepare(SubmissionColumns.INSERT_DATA);
    try {
      for (int i = 0; i < submissions.size(); i++) {
        NewSubmission submission = submissions.get(i);
        SubmissionColumns.set(rows, session.dialect(), ids.get(i), submission);
        rows.addBatch();
        data.setLong(1, ids.get(i));
        data.setBytes(2, Objects.requireNonNull(packed.get(submission.fingerprint())).bytes());
        data.addBatch();
      }
      rows.executeBatch();
      data.executeBatch();
    } finally {
      // Statements are kept: the next work with them must not find what this one has left.
      rows.clearBatch();
      data.clearBatch();
    }
    return ids;
  }

  private static List<Long> newIds(Session session, int count) throws SQLException {
    PreparedStatement statement = session.prepare(session.dialect().newSubmissionIds());
    statement.setInt(1, count);
    List<Long> ids = new ArrayList<>(count);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  /** What has become of them; unknown ids are left out. */
  public Map<Long, SubmissionStatus> statuses(Collection<Long> ids) throws CatalogException {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database.read(session -> {
      Dialect dialect = session.dialect();
      PreparedStatement statement =
          session.prepare(
              "SELECT s.id, s.state, s.reason, t.gid FROM submission s"
                  + " LEFT JOIN track t ON t.id = s.track_id WHERE "
                  + dialect.inLongs("s.id"));
      dialect.setLongs(statement, 1, ids);
      Map<Long, SubmissionStatus> statuses = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          statuses.put(row.getLong(1), status(row, dialect));
        }
      }
      return statuses;
    });
  }

  private static SubmissionStatus status(ResultSet row, Dialect dialect) throws SQLException {
    return switch (row.getInt(2)) {
      case SubmissionColumns.IMPORTED ->
          new SubmissionStatus.Imported(Columns.uuid(row, 4, dialect));
      case SubmissionColumns.REJECTED -> new SubmissionStatus.Rejected(row.getString(3));
      default -> new SubmissionStatus.Pending();
    };
  }

  /**
   * Claims the oldest that wait, in their order. Nobody else gets any while these are claimed:
   * until they are decided, given back, or the claim is too old. Who claims again gets those that
   * still wait again, and renews.
   *
   * @param most how many; there are fewer also if these are large
   * @return none if none wait, or another importer has claimed some
   */
  public List<Submission> claim(int most) throws CatalogException {
    List<SubmissionColumns.Row> rows =
        database.dialect().isShared()
            ? database.write(session -> claim(session, most))
            : database.read(session -> oldest(session, most));
    List<Submission> submissions = new ArrayList<>(rows.size());
    for (SubmissionColumns.Row row : rows) {
      submissions.add(row.unpack(damaged));
    }
    return submissions;
  }

  private List<SubmissionColumns.Row> claim(Session session, int most) throws SQLException {
    if (!isAnyPending(session)) {
      return List.of();
    }
    FeedRow.lock(session);
    if (claim.isTakenByAnother(session)) {
      return List.of();
    }
    List<SubmissionColumns.Row> rows = oldest(session, most);
    if (!rows.isEmpty()) {
      claim.take(session, rows.getLast().id());
    }
    return rows;
  }

  /** So that who has nothing to do disturbs nobody. */
  private static boolean isAnyPending(Session session) throws SQLException {
    String sql = "SELECT id FROM submission WHERE state = 0 LIMIT 1";
    try (ResultSet row = session.prepare(sql).executeQuery()) {
      return row.next();
    }
  }

  private static List<SubmissionColumns.Row> oldest(Session session, int most) throws SQLException {
    PreparedStatement statement = session.prepare(SubmissionColumns.OLDEST);
    statement.setInt(1, most);
    List<SubmissionColumns.Row> rows = new ArrayList<>();
    ReadLimit limit = new ReadLimit();
    try (ResultSet row = ReadLimit.query(statement)) {
      while (limit.hasRoom() && row.next()) {
        SubmissionColumns.Row next = SubmissionColumns.read(row, session.dialect());
        limit.add(next.packed());
        rows.add(next);
      }
    }
    return rows;
  }

  /** Gives back what this catalogue has claimed and not decided. */
  public void release() throws CatalogException {
    if (database.dialect().isShared()) {
      database.write(session -> {
        claim.release(session);
        return true;
      });
    }
  }

  /**
   * How many wait, and since when the first.
   *
   * @param ageMicros of the oldest; 0 if there is none
   */
  public record Queue(long length, long ageMicros) {}

  /** How many wait now. */
  public Queue queue() throws CatalogException {
    return database.read(session -> {
      PreparedStatement statement =
          session.prepare(
              "SELECT (SELECT count(*) FROM submission WHERE state = 0), "
                  + session.dialect().now()
                  + " - (SELECT created FROM submission WHERE state = 0 ORDER BY id LIMIT 1)");
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Queue(row.getLong(1), Math.max(0, row.getLong(2)));
      }
    });
  }
}
