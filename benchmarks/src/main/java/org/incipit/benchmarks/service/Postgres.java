package org.incipit.benchmarks.service;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Debian's PostgreSQL with a folder of its own, on a port of its own; as user {@code postgres},
 * since it does not run as root.
 */
final class Postgres implements Closeable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";
  private static final int TRIES = 100;

  private final Path programs;
  private final Path data;
  private final int port;

  /** Starts one on a folder, which is made if it is not there. */
  Postgres(Path folder) throws IOException, InterruptedException {
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      programs =
          versions
              .max(Path::compareTo)
              .orElseThrow(() -> new IOException("no PostgreSQL"))
              .resolve("bin");
    }
    data = folder.toAbsolutePath();
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    if (!Files.exists(data)) {
      create();
    }
    start();
  }

  private void create() throws IOException, InterruptedException {
    Files.createDirectories(data);
    for (Path above = data.getParent(); above != null; above = above.getParent()) {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(above);
      if (allowed.add(PosixFilePermission.OTHERS_EXECUTE)) {
        Files.setPosixFilePermissions(above, allowed);
      }
    }
    if (isRoot()) {
      Files.setOwner(
          data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    run("initdb", "-D", data.toString(), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Its address for JDBC. */
  String url() {
    return url(port);
  }

  /** That of who passes on to it. */
  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  int port() {
    return port;
  }

  /** Starts it and waits until it answers; after a kill, until what was killed has gone. */
  void start() throws IOException, InterruptedException {
    String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
    for (int tried = 1; ; tried++) {
      try {
        run("pg_ctl", "-D", data.toString(), "-o", options, "-l", log(), "-w", "start");
        return;
      } catch (IOException e) {
        if (tried == TRIES) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private String log() {
    return data.resolve("server.log").toString();
  }

  void restart() throws IOException, InterruptedException {
    run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "restart");
  }

  /** SIGKILL to all of it. */
  void kill() throws IOException, InterruptedException {
    signal("KILL");
  }

  /** Stops all of it where it is. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    long parent = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(parent)));
    ProcessHandle.of(parent).stream()
        .flatMap(ProcessHandle::descendants)
        .forEach(child -> command.add(Long.toString(child.pid())));
    // One of them may have ended meanwhile.
    new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private void run(String program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(args));
    Path said = Files.createTempFile("postgres", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(program + ": " + Files.readString(said));
      }
    } finally {
      Files.delete(said);
    }
  }

  /** Ends it; what is in the folder stays. */
  @Override
  public void close() throws IOException {
    try {
      run("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
