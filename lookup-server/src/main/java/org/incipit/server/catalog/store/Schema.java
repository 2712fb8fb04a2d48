package org.incipit.server.catalog.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The tables, brought up to date when a catalogue is opened. Version n is what {@code schema-1.sql}
 * to {@code schema-n.sql} make, in either dialect; those are never changed once they are out.
 */
final class Schema {
  /** The version that this program knows. */
  static final int VERSION = 1;

  /** All tables of {@link #VERSION} but that of versions, referenced ones first. */
  static final List<String> TABLES =
      List.of(
          "catalog",
          "feed",
          "api_key",
          "track",
          "fingerprint",
          "change",
          "meta",
          "track_mbid",
          "track_meta",
          "track_foreign_id",
          "submission",
          "submission_data");

  /** Tables that have one row from the beginning. */
  static final Set<String> SINGLE_ROWS = Set.of("catalog", "feed");

  private Schema() {}

  /** The version of a database; 0 if there is nothing. */
  static int version(Session session) throws SQLException {
    session.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    return written(session);
  }

  private static int written(Session session) throws SQLException {
    PreparedStatement statement = session.prepare("SELECT max(version) FROM schema_version");
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /**
   * Makes what is missing. Nobody else does so meanwhile: the caller holds a lock.
   *
   * @return the version that was found; if it is higher than {@link #VERSION}, nothing was done
   */
  static int migrate(Session session) throws SQLException {
    int found = version(session);
    for (int version = found + 1; version <= VERSION; version++) {
      for (String statement : statements(version, session.dialect())) {
        session.execute(statement);
      }
      session.execute("INSERT INTO schema_version VALUES (" + version + ")");
    }
    if (found == 0) {
      PreparedStatement statement = session.prepare("INSERT INTO catalog VALUES (?)");
      session.dialect().setUuid(statement, 1, UUID.randomUUID());
      statement.executeUpdate();
    }
    return found;
  }

  /** Refuses what a later program has made. */
  static void refuseNewer(int found, String where) throws CatalogException {
    if (found > VERSION) {
      throw new CatalogException(
          "the catalogue in %s has version %d, this program knows versions up to %d: use a newer one"
              .formatted(where, found, VERSION),
          null);
    }
  }

  /** Refuses what this program could read only after changing it, or not at all. */
  static void requireSame(Session session, String where) throws CatalogException, SQLException {
    int found = written(session);
    refuseNewer(found, where);
    if (found < VERSION) {
      throw new CatalogException(
          "the catalogue in %s has version %d, this program copies version %d: serve it once first"
              .formatted(where, found, VERSION),
          null);
    }
  }

  private static List<String> statements(int version, Dialect dialect) {
    String own = "[" + dialect.name().toLowerCase(Locale.ROOT) + "]";
    List<String> statements = new ArrayList<>();
    for (String part : text(version, dialect).split(";", -1)) {
      String statement = part.strip();
      if (statement.startsWith(own)) {
        statements.add(statement.substring(own.length()));
      } else if (!statement.isEmpty() && !statement.startsWith("[")) {
        statements.add(statement);
      }
    }
    return statements;
  }

  private static String text(int version, Dialect dialect) {
    String name = "schema-" + version + ".sql";
    String text;
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the program");
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text = text.replaceAll("(?m)^--.*$", "");
    for (Map.Entry<String, String> word : dialect.words().entrySet()) {
      text = text.replace("{" + word.getKey() + "}", word.getValue());
    }
    return text;
  }
}
