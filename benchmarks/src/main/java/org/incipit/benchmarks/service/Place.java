package org.incipit.benchmarks.service;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.incipit.server.catalog.store.CatalogConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where a catalogue is: {@code sqlite} in the folder, {@code postgres} for Debian's PostgreSQL with
 * its data in the folder, or the address of a database.
 */
final class Place implements Closeable {
  private final Path folder;
  private final @Nullable Postgres postgres;
  private final @Nullable String url;

  Place(Path folder, String store) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    postgres = store.equals("postgres") ? new Postgres(folder.resolve("postgres")) : null;
    url = postgres != null ? postgres.url() : store.equals("sqlite") ? null : store;
  }

  /**
   * Debian's PostgreSQL.
   *
   * @throws IllegalStateException if the store is another
   */
  Postgres postgres() {
    if (postgres == null) {
      throw new IllegalStateException("not PostgreSQL of its own");
    }
    return postgres;
  }

  /** The folder of the server. */
  Path data() {
    return folder.resolve("data");
  }

  /** How the server is told. */
  List<String> settings() {
    return url == null ? List.of() : List.of("database=" + url);
  }

  CatalogConfig config() throws IOException {
    return new CatalogConfig(Files.createDirectories(data()), url, CatalogConfig.Limits.DEFAULT);
  }

  /** A connection of its own, past the server. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        url == null ? "jdbc:sqlite:" + data().resolve("catalog.db") : url);
  }

  /** What a query says in its first row and column. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What the catalogue takes on the disk. */
  long catalogBytes() throws IOException, SQLException {
    if (url == null) {
      return Files.size(data().resolve("catalog.db"));
    }
    try (Connection connection = connect()) {
      return number(connection, "SELECT pg_database_size(current_database())");
    }
  }

  /** What the index takes on the disk. */
  long indexBytes() throws IOException {
    try (Stream<Path> files = Files.walk(data().resolve("index"))) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
