package org.incipit.server.catalog.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests. Root may start it as well: the library does that in a user namespace,
 * for the server refuses to be root. Its programs are unpacked below {@code target}; its data go
 * when it ends.
 */
public final class PostgresServer implements Closeable {
  private static final class Shared {
    static final PostgresServer SERVER = start();

    private static PostgresServer start() {
      try {
        PostgresServer server = new PostgresServer();
        Runtime.getRuntime().addShutdownHook(new Thread(server::closeQuietly));
        return server;
      } catch (IOException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  /** Starts a new one. */
  public PostgresServer() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
    data = Files.createTempDirectory(folder, "data");
    server = builder(0).start();
    port = server.getPort();
  }

  private EmbeddedPostgres.Builder builder(int port) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(data.getParent().toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setServerConfig("listen_addresses", "127.0.0.1")
            // The library's own default loses commits in a crash.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100");
    return port == 0 ? builder : builder.setPort(port);
  }

  /** The one of this process. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** Makes an empty database and says where it is. */
  public String newDatabase() throws IOException {
    String name = "test_" + NAMES.incrementAndGet();
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return "jdbc:postgresql://postgres:secret@127.0.0.1:" + port + "/" + name;
  }

  /** Changes a database in a way that the program would not. */
  public void execute(String url, String sql) throws IOException {
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (var connection = server.getDatabase("postgres", name).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Ends it as a crash would. */
  public void kill() throws IOException, InterruptedException {
    List<ProcessHandle> processes = processes();
    signal("QUIT", processes.subList(0, 1));
    for (ProcessHandle process : processes) {
      process.onExit().join();
    }
    // Of the files only the lock that says that they are in use.
    server.close();
  }

  /** Starts it again after {@link #kill}, at the same address. */
  public void restart() throws IOException {
    server = builder(port).start();
  }

  /** Stops all of its processes where they are. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP", processes());
  }

  /** Lets them go on. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT", processes());
  }

  private List<ProcessHandle> processes() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
