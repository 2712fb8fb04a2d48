package org.incipit.benchmarks.service;

import java.io.IOException;
import java.util.Locale;

/** Makes indexes over HTTP, in batches. */
final class Indexes {
  /** The index of the line protocol. */
  static final String MAIN = "main";

  private static final int BATCH = 1000;
  private static final int POLL_MILLIS = 500;

  private Indexes() {}

  /** Creates an index, loads all documents, and prints how fast that was. */
  static void load(ServerProcess server, String index, Tracks tracks)
      throws IOException, InterruptedException {
    try (Client client = new Client(server.http())) {
      client.ask(Requests.put("/" + index));
      double cpu = server.cpuSeconds();
      long start = System.nanoTime();
      long asked = 0;
      for (int from = 0; from < tracks.documents(); from += BATCH) {
        int[][] documents = new int[Math.min(BATCH, tracks.documents() - from)][];
        for (int i = 0; i < documents.length; i++) {
          documents[i] = tracks.document(from + i);
        }
        var request = Requests.update(index, from + 1, documents);
        long begin = System.nanoTime();
        client.ask(request);
        asked += System.nanoTime() - begin;
      }
      double acknowledged = (System.nanoTime() - start) / 1e9;
      double acknowledgedCpu = server.cpuSeconds() - cpu;
      rest(server);
      System.out.printf(
          Locale.ROOT,
          "%s: %d documents acknowledged in %.2f s, %.0f a second of the server's time (CPU %.1f us"
              + " each); maintenance at rest after %.2f s (CPU %.1f us each)%n",
          index,
          tracks.documents(),
          acknowledged,
          tracks.documents() / (asked / 1e9),
          acknowledgedCpu * 1e6 / tracks.documents(),
          (System.nanoTime() - start) / 1e9,
          (server.cpuSeconds() - cpu) * 1e6 / tracks.documents());
    }
  }

  /** Waits until the server does nothing for two seconds. */
  static void rest(ServerProcess server) throws IOException, InterruptedException {
    double last = server.cpuSeconds();
    int quiet = 0;
    while (quiet < 4) {
      Thread.sleep(POLL_MILLIS);
      double now = server.cpuSeconds();
      quiet = now - last < 0.05 ? quiet + 1 : 0;
      last = now;
    }
  }

  /** Has {@link #MAIN} merged to one segment. */
  static void optimize(ServerProcess server) throws IOException, InterruptedException {
    try (Client client = new Client(server.lines())) {
      for (String line : new String[] {"begin", "optimize", "commit"}) {
        client.askLine(Requests.line(line));
      }
    }
    rest(server);
  }

  /** What is said of an index. */
  static String info(ServerProcess server, String index) throws IOException {
    try (Client client = new Client(server.http())) {
      return client.http(Requests.get("/" + index));
    }
  }
}
