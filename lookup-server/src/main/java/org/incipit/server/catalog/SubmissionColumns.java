package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.incipit.server.catalog.store.Columns;
import org.incipit.server.catalog.store.Dialect;
import org.jspecify.annotations.Nullable;

/** The table of submissions: what its states mean, how a row is bound and read. */
final class SubmissionColumns {
  static final int PENDING = 0;
  static final int IMPORTED = 1;
  static final int REJECTED = 2;

  /** What was submitted, without its text. */
  private static final String CONTENT =
      "duration, application, account, client_version, bitrate, format, mbid, puid,"
          + " foreign_id, ";

  /** Selects the oldest that wait, as many as are bound, with what {@link #read} needs. */
  static final String OLDEST =
      "SELECT id, data, "
          + CONTENT
          + TextColumns.NAMES
          + " FROM submission JOIN submission_data ON submission_id = id"
          + " WHERE state = 0 ORDER BY id LIMIT ?";

  /** Inserts an id and its bytes, which are apart from the rest. */
  static final String INSERT_DATA =
      "INSERT INTO submission_data (submission_id, data) VALUES (?, ?)";

  private static final Fingerprint NO_FINGERPRINT = Fingerprint.of(Algorithm.DEFAULT);

  /** A row that was read. It is unpacked by who asks, not by a thread of the database. */
  record Row(long id, PackedBytes packed, Function<Fingerprint, NewSubmission> content) {
    Submission unpack(DamagedRows damaged) {
      try {
        return new Submission(id, content.apply(packed.unpack()));
      } catch (FingerprintFormatException e) {
        damaged.add("submission", id, e);
        return new Submission(id, content.apply(NO_FINGERPRINT), String.valueOf(e.getMessage()));
      }
    }
  }

  private SubmissionColumns() {}

  /** Inserts one that waits, as {@link #set} binds it. */
  static String insert(Dialect dialect) {
    return "INSERT INTO submission (id, "
        + CONTENT
        + TextColumns.NAMES
        + ", state, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, "
        + dialect.now()
        + ")";
  }

  static void set(PreparedStatement statement, Dialect dialect, long id, NewSubmission submission)
      throws SQLException {
    statement.setLong(1, id);
    statement.setInt(2, submission.duration());
    Columns.setLong(statement, 3, submission.application());
    Columns.setLong(statement, 4, submission.account());
    Columns.setText(statement, 5, submission.clientVersion());
    Columns.setInt(statement, 6, submission.bitrate());
    Columns.setText(statement, 7, submission.format());
    dialect.setUuid(statement, 8, submission.mbid());
    dialect.setUuid(statement, 9, submission.puid());
    Columns.setText(statement, 10, submission.foreignId());
    TextColumns.set(statement, 11, submission.text());
  }

  static Row read(ResultSet row, Dialect dialect) throws SQLException {
    long id = row.getLong(1);
    PackedBytes packed = new PackedBytes(row.getBytes(2));
    int duration = row.getInt(3);
    OptionalLong application = Columns.longOrEmpty(row, 4);
    OptionalLong account = Columns.longOrEmpty(row, 5);
    @Nullable String clientVersion = Columns.textOrNull(row, 6);
    @Nullable Integer bitrate = Columns.intOrNull(row, 7);
    @Nullable String format = Columns.textOrNull(row, 8);
    @Nullable UUID mbid = dialect.uuid(row, 9);
    @Nullable UUID puid = dialect.uuid(row, 10);
    @Nullable String foreignId = Columns.textOrNull(row, 11);
    TextMetadata text = TextColumns.read(row, 12);
    return new Row(
        id,
        packed,
        fingerprint ->
            new NewSubmission(
                application,
                account,
                clientVersion,
                fingerprint,
                duration,
                bitrate,
                format,
                mbid,
                puid,
                foreignId,
                text));
  }
}
