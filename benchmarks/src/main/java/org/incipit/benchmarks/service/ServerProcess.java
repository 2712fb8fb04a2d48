package org.incipit.benchmarks.service;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An {@link IndexServer} in a process of its own, and what it takes. */
final class ServerProcess implements Closeable {
  /** Of a tick of {@code /proc/PID/stat}: Linux tells all programs 100 a second. */
  private static final double TICK_SECONDS = 0.01;

  private final Process process;
  private final Map<String, Integer> ports = new HashMap<>();

  /**
   * Starts one on any ports, and waits until it answers. Options for Java are in the system
   * property {@code server.java}.
   *
   * @param settings as {@code name=value}
   */
  ServerProcess(Path folder, List<String> settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As incipit serve starts Java.
    command.addAll(
        List.of(
            "-XX:+UseG1GC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    String options = System.getProperty("server.java", "");
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ", -1)));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(IndexServer.class.getName());
    command.addAll(
        List.of("dir=" + folder, "port=0", "legacy-listen=127.0.0.1:0", "max-connections=100000"));
    command.addAll(settings);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null && !line.isEmpty(); line = said.readLine()) {
      if (line.startsWith(IndexServer.LISTENS)) {
        int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
        ports.put(line.substring(IndexServer.LISTENS.length(), line.lastIndexOf(' ')), port);
      }
    }
    if (!process.isAlive() || ports.isEmpty()) {
      throw new IOException("the server did not start");
    }
  }

  /** Where HTTP is served. */
  int http() {
    return ports.getOrDefault("http", 0);
  }

  /** Where the line protocol is served. */
  int lines() {
    return ports.getOrDefault("line protocol", 0);
  }

  /** Processor time so far, of all threads. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_SECONDS;
  }

  /** Resident memory. */
  long residentBytes() throws IOException {
    return status("VmRSS:") << 10;
  }

  /** Threads of the operating system. */
  long threads() throws IOException {
    return status("Threads:");
  }

  /** Kills it, as the system does when it needs memory: SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private long status(String key) throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + key + " of the server");
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  /** Live objects, after a full collection. */
  long heapBytes() throws IOException {
    jcmd("GC.run");
    jcmd("GC.run");
    // garbage-first heap   total reserved 4194304K, committed 516096K, used 11567K [...
    String info = jcmd("GC.heap_info");
    int used = info.indexOf("used ") + 5;
    return Long.parseLong(info.substring(used, info.indexOf('K', used))) << 10;
  }

  private String jcmd(String command) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command).start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  /** A figure of {@code /_metrics}, all labels together. */
  double metric(String name) throws IOException {
    try (Client client = new Client(http())) {
      double sum = 0;
      for (String line : client.http(Requests.get("/_metrics")).lines().toList()) {
        if (line.startsWith(name + "{") || line.startsWith(name + " ")) {
          sum += Double.parseDouble(line.substring(line.lastIndexOf(' ')));
        }
      }
      return sum;
    }
  }

  /** Lets it end. */
  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
