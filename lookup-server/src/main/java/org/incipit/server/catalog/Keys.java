package org.incipit.server.catalog;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Session;

/** Keys of applications and of users, 10 of {@code A-Za-z0-9} if they are made here. */
public final class Keys {
  /** The application key that beets sends. */
  public static final String BEETS = "1vOwZtEn";

  /** The application key that Picard sends. */
  public static final String PICARD = "v8pQ6oyB";

  private static final int LENGTH = 10;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern FORM = Pattern.compile("[!-~]{1,100}");

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  Keys(Database database) {
    this.database = database;
  }

  /** Whose keys. */
  public enum Kind {
    APPLICATION(0),
    USER(1);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /**
   * One of them.
   *
   * @param created in microseconds since 1970
   */
  public record Entry(
      Kind kind, long id, String key, String name, long created, boolean isRevoked) {}

  /** Whose key this is, if it is known and not revoked. */
  public OptionalLong find(Kind kind, String key) throws CatalogException {
    if (!isWellFormed(key)) {
      return OptionalLong.empty();
    }
    return database.read(session -> {
      PreparedStatement statement =
          session.prepare("SELECT id FROM api_key WHERE kind = ? AND value = ? AND NOT revoked");
      statement.setInt(1, kind.number);
      statement.setString(2, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    });
  }

  /** Makes a new key. */
  public Entry create(Kind kind, String name) throws CatalogException {
    return database.write(session -> {
      String key = random();
      while (!insert(session, kind, name, key)) {
        key = random();
      }
      PreparedStatement statement =
          session.prepare(
              "SELECT kind, id, value, name, created, revoked FROM api_key"
                  + " WHERE kind = ? AND value = ?");
      statement.setInt(1, kind.number);
      statement.setString(2, key);
      return entries(statement).getFirst();
    });
  }

  /**
   * Takes a key that somebody has already.
   *
   * @param key 1 to 100 visible characters of ASCII
   * @return false if that key is there, revoked or not
   */
  public boolean add(Kind kind, String name, String key) throws CatalogException {
    if (!isWellFormed(key)) {
      throw new IllegalArgumentException("a key must be 1 to 100 visible characters of ASCII");
    }
    return database.write(session -> insert(session, kind, name, key));
  }

  /**
   * Lets a key count again that was revoked.
   *
   * @param name what it is called from now on
   * @return false if there is no such key that is revoked
   */
  public boolean reinstate(Kind kind, String name, String key) throws CatalogException {
    if (!isWellFormed(key)) {
      return false;
    }
    return database.write(session -> {
      PreparedStatement statement =
          session.prepare(
              "UPDATE api_key SET revoked = FALSE, name = ?"
                  + " WHERE kind = ? AND value = ? AND revoked");
      statement.setString(1, name);
      statement.setInt(2, kind.number);
      statement.setString(3, key);
      return statement.executeUpdate() == 1;
    });
  }

  /** All, by kind and id. */
  public List<Entry> all() throws CatalogException {
    return database.read(session ->
        entries(
            session.prepare(
                "SELECT kind, id, value, name, created, revoked FROM api_key"
                    + " ORDER BY kind, id")));
  }

  /**
   * Lets a key count no more.
   *
   * @return false if there is no such key
   */
  public boolean revoke(Kind kind, String key) throws CatalogException {
    if (!isWellFormed(key)) {
      return false;
    }
    return database.write(session -> {
      PreparedStatement statement =
          session.prepare("UPDATE api_key SET revoked = TRUE WHERE kind = ? AND value = ?");
      statement.setInt(1, kind.number);
      statement.setString(2, key);
      return statement.executeUpdate() == 1;
    });
  }

  private static boolean insert(Session session, Kind kind, String name, String key)
      throws SQLException {
    PreparedStatement statement =
        session.prepare(
            "INSERT INTO api_key (kind, value, name, created, revoked) VALUES (?, ?, ?, "
                + session.dialect().now()
                + ", FALSE) ON CONFLICT DO NOTHING");
    statement.setInt(1, kind.number);
    statement.setString(2, key);
    statement.setString(3, name);
    return statement.executeUpdate() == 1;
  }

  private static List<Entry> entries(PreparedStatement statement) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        entries.add(
            new Entry(
                row.getInt(1) == Kind.USER.number ? Kind.USER : Kind.APPLICATION,
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getBoolean(6)));
      }
    }
    return entries;
  }

  /**
   * Whether it is 1 to 100 visible characters of ASCII. What else is sent as a key is nobody's, and
   * not all of it could be bound to a statement.
   */
  public static boolean isWellFormed(String key) {
    return FORM.matcher(key).matches();
  }

  private String random() {
    StringBuilder key = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return key.toString();
  }
}
