package org.incipit.server.catalog.store;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which catalogue is opened, and its limits.
 *
 * @param directory where {@link #FILE} is, or is made
 * @param url of a database in PostgreSQL, {@code jdbc:postgresql://user:password@host/name}; null
 *     for the file in the directory
 */
public record CatalogConfig(Path directory, @Nullable String url, Limits limits) {
  /** The name of the file in the directory. */
  public static final String FILE = "catalog.db";

  /**
   * Limits of a catalogue.
   *
   * @param work how long one piece of work may take before it is cancelled, and wait before it is
   *     begun
   * @param lock how long somebody else's lock is waited for
   * @param connect how long it may take until there is a connection to PostgreSQL
   * @param connections to PostgreSQL, at most
   * @param readers threads that read the SQLite file, each with a connection
   * @param queue how many may wait for readers, and how many for the writer of the SQLite file
   * @param cacheBytes of fingerprints that are kept in memory
   * @param lease how long an importer's claim on submissions holds off others, unless it is renewed
   */
  public record Limits(
      Duration work,
      Duration lock,
      Duration connect,
      int connections,
      int readers,
      int queue,
      long cacheBytes,
      Duration lease) {
    /** Unless told otherwise. */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            10,
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            1024,
            64L << 20,
            Duration.ofSeconds(10));
  }

  /** The file in a directory. */
  public static CatalogConfig in(Path directory) {
    return new CatalogConfig(directory, null, Limits.DEFAULT);
  }

  /** An address with the password that a file holds, so that no list of processes shows it. */
  public static String withPassword(String url, Path file) throws IOException {
    String password = URLEncoder.encode(Files.readString(file).strip(), StandardCharsets.UTF_8);
    return url + (url.contains("?") ? "&" : "?") + "password=" + password.replace("+", "%20");
  }

  /** The same with other limits. */
  public CatalogConfig with(Limits other) {
    return new CatalogConfig(directory, url, other);
  }

  /** Without what is in the address, since that may have a password in it. */
  @Override
  public String toString() {
    return "CatalogConfig[" + (url == null ? directory : "PostgreSQL") + ", " + limits + "]";
  }
}
