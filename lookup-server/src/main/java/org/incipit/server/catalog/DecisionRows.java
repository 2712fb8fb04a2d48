package org.incipit.server.catalog;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.incipit.server.catalog.store.Dialect;
import org.incipit.server.catalog.store.Session;

/**
 * The rows that decisions become: gathered and checked first, then written in batches, one for each
 * kind, those that others refer to before these. What several decisions count is counted once, so
 * that no batch has a row twice.
 */
final class DecisionRows {
  private static final UUID NO_RECORDING = new UUID(0, 0);
  private static final SecureRandom MARKS = new SecureRandom();

  /** Something that is said of a track. */
  private record Link<T>(long track, T what) {}

  /** A submission that belongs to a track now. */
  private record Taken(long submission, long fingerprint, long track) {}

  private final FeedHead before;
  private final List<Decision.Founded> founded = new ArrayList<>();
  private final List<Decision.Rejected> rejected = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private final List<Taken> stored = new ArrayList<>();
  private final Map<Link<Long>, Integer> counted = new LinkedHashMap<>();
  private final Map<Link<UUID>, Integer> mbids = new LinkedHashMap<>();
  private final Map<UUID, TextMetadata> texts = new LinkedHashMap<>();
  private final Map<Link<UUID>, Integer> textLinks = new LinkedHashMap<>();
  private final Map<Link<String>, Integer> foreignIds = new LinkedHashMap<>();
  private long lastFingerprint;
  private long lastTrack;

  /**
   * Gathers.
   *
   * @throws IllegalArgumentException if an id does not follow, or is of nothing that there is
   */
  DecisionRows(FeedHead before, List<Decision> decisions) {
    this.before = before;
    lastFingerprint = before.lastFingerprint();
    lastTrack = before.lastTrack();
    decisions.forEach(this::add);
  }

  private void add(Decision decision) {
    switch (decision) {
      case Decision.Rejected it -> rejected.add(it);
      case Decision.Counted it -> {
        checkThere("fingerprint", it.fingerprint(), lastFingerprint);
        checkThere("track", it.track(), lastTrack);
        counted.merge(new Link<>(it.track(), it.fingerprint()), 1, Integer::sum);
        take(it.submission(), it.fingerprint(), it.track());
      }
      case Decision.Added it -> {
        checkThere("track", it.track(), lastTrack);
        store(it.submission(), it.fingerprint(), it.track());
      }
      case Decision.Founded it -> {
        checkNext("track", it.track(), ++lastTrack);
        founded.add(it);
        store(it.submission(), it.fingerprint(), it.track());
      }
    }
  }

  private void store(Submission submission, long fingerprint, long track) {
    checkNext("fingerprint", fingerprint, ++lastFingerprint);
    stored.add(take(submission, fingerprint, track));
  }

  private Taken take(Submission submission, long fingerprint, long track) {
    NewSubmission content = submission.content();
    UUID mbid = content.mbid();
    if (mbid != null && !mbid.equals(NO_RECORDING)) {
      mbids.merge(new Link<>(track, mbid), 1, Integer::sum);
    }
    if (!content.text().isEmpty()) {
      UUID gid = TextGid.of(content.text());
      texts.put(gid, content.text());
      textLinks.merge(new Link<>(track, gid), 1, Integer::sum);
    }
    String foreignId = content.foreignId();
    if (foreignId != null) {
      foreignIds.merge(new Link<>(track, foreignId), 1, Integer::sum);
    }
    Taken row = new Taken(submission.id(), fingerprint, track);
    taken.add(row);
    return row;
  }

  private static void checkNext(String what, long id, long next) {
    if (id != next) {
      throw new IllegalArgumentException(
          "the next " + what + " must be " + next + " (got " + id + ")");
    }
  }

  private static void checkThere(String what, long id, long last) {
    if (id < 1 || id > last) {
      throw new IllegalArgumentException(what + " must be 1.." + last + " (got " + id + ")");
    }
  }

  /** Writes all; the feed is locked and the submissions are pending. */
  void write(Session session) throws SQLException {
    Dialect dialect = session.dialect();
    writeFingerprints(session, dialect);
    writeSubmissions(session, dialect);
    writeTexts(session, dialect);
    writeLinks(session, dialect);
    FeedRow.write(
        session, new FeedHead(before.position() + stored.size(), lastFingerprint, lastTrack));
  }

  private void writeFingerprints(Session session, Dialect dialect) throws SQLException {
    String now = dialect.now();
    batch(
        session,
        "INSERT INTO track (id, gid, created) VALUES (?, ?, " + now + ")",
        founded,
        (statement, it) -> {
          statement.setLong(1, it.track());
          dialect.setUuid(statement, 2, it.gid());
        });
    // Out of the submission's row: the bytes are there already.
    batch(
        session,
        "INSERT INTO fingerprint"
            + " (id, track_id, duration, submissions, created, bitrate, format, data)"
            + " SELECT ?, ?, duration, 1, "
            + now
            + ", bitrate, format, data"
            + " FROM submission JOIN submission_data ON submission_id = id WHERE id = ?",
        stored,
        (statement, it) -> {
          statement.setLong(1, it.fingerprint());
          statement.setLong(2, it.track());
          statement.setLong(3, it.submission());
        });
    long first = before.lastFingerprint();
    batch(
        session,
        "INSERT INTO change (position, mark, fingerprint_id) VALUES (?, ?, ?)",
        stored,
        (statement, it) -> {
          statement.setLong(1, before.position() + it.fingerprint() - first);
          statement.setLong(2, MARKS.nextLong() >>> 1);
          statement.setLong(3, it.fingerprint());
        });
    int[] found =
        batch(
            session,
            "UPDATE fingerprint SET submissions = submissions + ? WHERE id = ? AND track_id = ?",
            counted.entrySet(),
            (statement, it) -> {
              statement.setInt(1, it.getValue());
              statement.setLong(2, it.getKey().what());
              statement.setLong(3, it.getKey().track());
            });
    if (Arrays.stream(found).sum() != counted.size()) {
      throw new IllegalArgumentException(
          "not all of these are fingerprints of their tracks: " + counted.keySet());
    }
  }

  private void writeSubmissions(Session session, Dialect dialect) throws SQLException {
    // The bytes are a fingerprint's now, or like enough to one.
    batch(
        session,
        "DELETE FROM submission_data WHERE submission_id = ?",
        taken,
        (statement, it) -> statement.setLong(1, it.submission()));
    batch(
        session,
        "UPDATE submission SET state = 1, fingerprint_id = ?, track_id = ?, handled = "
            + dialect.now()
            + " WHERE id = ?",
        taken,
        (statement, it) -> {
          statement.setLong(1, it.fingerprint());
          statement.setLong(2, it.track());
          statement.setLong(3, it.submission());
        });
    batch(
        session,
        "UPDATE submission SET state = 2, reason = ?, handled = " + dialect.now() + " WHERE id = ?",
        rejected,
        (statement, it) -> {
          statement.setString(1, it.reason());
          statement.setLong(2, it.submission().id());
        });
  }

  private void writeTexts(Session session, Dialect dialect) throws SQLException {
    batch(
        session,
        "INSERT INTO meta (gid, "
            + TextColumns.NAMES
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (gid) DO NOTHING",
        texts.entrySet(),
        (statement, it) -> {
          dialect.setUuid(statement, 1, it.getKey());
          TextColumns.set(statement, 2, it.getValue());
        });
    batch(
        session,
        "INSERT INTO track_meta (track_id, submissions, meta_id)"
            + " SELECT ?, ?, id FROM meta WHERE gid = ? ON CONFLICT (track_id, meta_id)"
            + " DO UPDATE SET submissions = track_meta.submissions + excluded.submissions",
        textLinks.entrySet(),
        (statement, it) -> {
          statement.setLong(1, it.getKey().track());
          statement.setInt(2, it.getValue());
          dialect.setUuid(statement, 3, it.getKey().what());
        });
  }

  private void writeLinks(Session session, Dialect dialect) throws SQLException {
    batch(
        session,
        "INSERT INTO track_mbid (track_id, submissions, mbid, disabled)"
            + " VALUES (?, ?, ?, FALSE) ON CONFLICT (track_id, mbid)"
            + " DO UPDATE SET submissions = track_mbid.submissions + excluded.submissions",
        mbids.entrySet(),
        (statement, it) -> {
          statement.setLong(1, it.getKey().track());
          statement.setInt(2, it.getValue());
          dialect.setUuid(statement, 3, it.getKey().what());
        });
    batch(
        session,
        "INSERT INTO track_foreign_id (track_id, submissions, foreign_id)"
            + " VALUES (?, ?, ?) ON CONFLICT (track_id, foreign_id)"
            + " DO UPDATE SET submissions = track_foreign_id.submissions + excluded.submissions",
        foreignIds.entrySet(),
        (statement, it) -> {
          statement.setLong(1, it.getKey().track());
          statement.setInt(2, it.getValue());
          statement.setString(3, it.getKey().what());
        });
  }

  /** Binds what a row needs. */
  private interface Binding<T> {
    void set(PreparedStatement statement, T row) throws SQLException;
  }

  /** Runs a statement for each row, and says how many rows of the table each has changed. */
  private static <T> int[] batch(
      Session session, String sql, Collection<T> rows, Binding<T> binding) throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    PreparedStatement statement = session.prepare(sql);
    try {
      for (T row : rows) {
        binding.set(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    } finally {
      statement.clearBatch();
    }
  }
}
