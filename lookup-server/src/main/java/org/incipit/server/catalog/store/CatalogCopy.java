package org.incipit.server.catalog.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a whole catalogue, as it is at one moment, while others work with it: to a file or to
 * PostgreSQL, from either. The copy has the id of the original. It is there wholly or not at all.
 */
public final class CatalogCopy {
  private CatalogCopy() {}

  /**
   * Copies. The original is not changed.
   *
   * @param to a folder without a catalogue, or a database in which none has begun
   * @return how many rows of each table
   * @throws FileAlreadyExistsException if there is a catalogue in the folder already
   * @throws CatalogException if one of them is away, the target is not empty, or the original was
   *     made by another version of this program
   */
  public static Map<String, Long> copy(CatalogConfig from, CatalogConfig to) throws IOException {
    try {
      return to.url() == null ? toFile(from, to) : toPostgres(from, to.url(), to);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  /** How many rows the tables of a file have, which may have been made by another version. */
  public static Map<String, Long> rows(Path file) throws CatalogException {
    try (CopyConnection connection = CopyConnection.readingFile(file)) {
      Session session = connection.session();
      List<String> tables = new ArrayList<>();
      String named = "SELECT name FROM sqlite_master WHERE type = 'table'";
      try (ResultSet row = session.prepare(named).executeQuery()) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      return counts(session, tables);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  /** A new file gets its name when all of it is on the disk. */
  private static Map<String, Long> toFile(CatalogConfig from, CatalogConfig to)
      throws IOException, SQLException {
    Path file = to.directory().resolve(CatalogConfig.FILE);
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.createDirectories(to.directory());
    Path part = to.directory().resolve(CatalogConfig.FILE + ".part");
    Files.deleteIfExists(part);
    OwnFiles.create(part);
    Map<String, Long> rows;
    try {
      try (CopyConnection source = CopyConnection.reading(from)) {
        if (from.url() == null) {
          source.backUp(part);
          rows = counts(source.session());
        } else {
          try (CopyConnection target = CopyConnection.writingNew(part)) {
            rows = copyRows(source.session(), target.session());
            target.commit();
          }
        }
      }
      try (CopyConnection written = CopyConnection.readingFile(part)) {
        verify(rows, counts(written.session()));
      }
      sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      sync(to.directory());
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(to.directory().resolve(part.getFileName() + "-wal"));
      Files.deleteIfExists(to.directory().resolve(part.getFileName() + "-shm"));
    }
    return rows;
  }

  private static Map<String, Long> toPostgres(CatalogConfig from, String url, CatalogConfig to)
      throws CatalogException, SQLException {
    PostgresDatabase.open(url, to.limits()).close();
    try (CopyConnection source = CopyConnection.reading(from);
        CopyConnection target = CopyConnection.writing(url, to.limits())) {
      Map<String, Long> rows = copyRows(source.session(), target.session());
      target.commit();
      return rows;
    }
  }

  private static Map<String, Long> copyRows(Session source, Session target)
      throws CatalogException, SQLException {
    for (Map.Entry<String, Long> table : counts(target).entrySet()) {
      if (table.getValue() > (Schema.SINGLE_ROWS.contains(table.getKey()) ? 1 : 0)) {
        throw new CatalogException("the target has a catalogue: " + table.getKey(), null);
      }
    }
    TableCopy copy = new TableCopy(source, target);
    for (String table : Schema.TABLES) {
      copy.copy(table);
    }
    Map<String, Long> rows = counts(source);
    verify(rows, counts(target));
    return rows;
  }

  private static Map<String, Long> counts(Session session) throws SQLException {
    return counts(session, Schema.TABLES);
  }

  private static Map<String, Long> counts(Session session, Collection<String> tables)
      throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table : tables) {
      try (var row = session.prepare("SELECT count(*) FROM \"" + table + "\"").executeQuery()) {
        row.next();
        counts.put(table, row.getLong(1));
      }
    }
    return counts;
  }

  private static void verify(Map<String, Long> original, Map<String, Long> copy)
      throws CatalogException {
    if (!original.equals(copy)) {
      throw new CatalogException("the copy has " + copy + " rows instead of " + original, null);
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
