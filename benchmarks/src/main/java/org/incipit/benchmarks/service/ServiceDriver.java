package org.incipit.benchmarks.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The index service under load.
 *
 * <pre>
 * ServiceDriver load     CORPUS FOLDER            loads a new folder over HTTP
 * ServiceDriver optimize FOLDER                   merges what is in it to one segment
 * ServiceDriver search   CORPUS FOLDER [SECONDS [WARM-UP [FORM]]] [SETTING=VALUE...]
 * ServiceDriver update   FOLDER [SECONDS] [SETTING=VALUE...]
 * </pre>
 */
public final class ServiceDriver {
  private static final int QUERIES = 20_000;
  private static final int WRITERS = 64;
  private static final int PREPARED = 10_000;
  private static final int HASHES = 120;
  private static final ByteBuffer[] NONE = {};

  private ServiceDriver() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    List<String> settings = Arrays.stream(args).filter(arg -> arg.contains("=")).toList();
    List<String> words = new ArrayList<>(List.of(args));
    words.removeAll(settings);
    switch (words.getFirst()) {
      case "load" -> load(Path.of(words.get(1)), Path.of(words.get(2)), settings);
      case "optimize" -> optimize(Path.of(words.get(1)));
      case "search" ->
          search(
              Path.of(words.get(1)),
              Path.of(words.get(2)),
              number(words, 3, 10),
              number(words, 4, 30),
              words.size() > 5 ? List.of(Form.valueOf(words.get(5))) : List.of(Form.values()),
              settings);
      case "update" -> update(Path.of(words.get(1)), number(words, 2, 10), settings);
      default -> throw new IllegalArgumentException("no such command: " + words.getFirst());
    }
  }

  private static double number(List<String> words, int place, double standard) {
    return words.size() > place ? Double.parseDouble(words.get(place)) : standard;
  }

  private static void load(Path corpus, Path folder, List<String> settings) throws Exception {
    if (Files.exists(folder)) {
      throw new IOException(folder + " is there");
    }
    try (Tracks tracks = new Tracks(corpus);
        ServerProcess server = new ServerProcess(folder, settings)) {
      Indexes.load(server, Indexes.MAIN, tracks);
      System.out.println(Indexes.info(server, Indexes.MAIN));
    }
  }

  private static void optimize(Path folder) throws Exception {
    // What is in memory only is to be in a segment before.
    try (ServerProcess server = new ServerProcess(folder, List.of("checkpoint-age-ms=100"))) {
      Indexes.rest(server);
      Indexes.optimize(server);
      System.out.println(Indexes.info(server, Indexes.MAIN));
    }
  }

  private static void search(
      Path corpus,
      Path folder,
      double seconds,
      double warmUp,
      List<Form> forms,
      List<String> settings)
      throws Exception {
    long start = System.nanoTime();
    try (Tracks tracks = new Tracks(corpus);
        ServerProcess server = new ServerProcess(folder, settings)) {
      System.out.printf("answers after %.2f s%n", (System.nanoTime() - start) / 1e9);
      System.out.println(Indexes.info(server, Indexes.MAIN) + " " + settings);
      Map<Form, ByteBuffer[]> requests = new EnumMap<>(Form.class);
      for (Form form : forms) {
        requests.put(form, tracks.searches(form, Indexes.MAIN, QUERIES));
      }
      for (Form form : forms) {
        search(server, form, 4, warmUp, requests.getOrDefault(form, NONE));
      }
      for (Form form : forms) {
        for (int clients : new int[] {1, 4}) {
          Load.Figures figures =
              search(server, form, clients, seconds, requests.getOrDefault(form, NONE));
          System.out.println(form + ", " + clients + " clients: " + figures);
        }
      }
      System.out.printf(
          "resident %d MiB, %d threads%n", server.residentBytes() >> 20, server.threads());
    }
  }

  private static Load.Figures search(
      ServerProcess server, Form form, int clients, double seconds, ByteBuffer[] requests)
      throws Exception {
    return new Load(server, form, 0)
        .run(
            clients,
            seconds,
            (client, number) -> requests[(client * 5003 + number) % requests.length]);
  }

  private static void update(Path folder, double seconds, List<String> settings) throws Exception {
    if (Files.exists(folder)) {
      throw new IOException(folder + " is there");
    }
    SplittableRandom random = new SplittableRandom(1);
    ByteBuffer[] requests = new ByteBuffer[PREPARED];
    for (int i = 0; i < PREPARED; i++) {
      int[] hashes = new int[HASHES];
      Arrays.setAll(hashes, any -> random.nextInt() & -16);
      requests[i] = Requests.update(Indexes.MAIN, i + 1, new int[][] {hashes});
    }
    try (ServerProcess server = new ServerProcess(folder, settings)) {
      Load load = new Load(server, Form.MSGPACK, 0);
      AtomicInteger next = new AtomicInteger();
      Load.Asked asked =
          (client, number) -> requests[Math.floorMod(next.getAndIncrement(), PREPARED)];
      load.run(4, seconds / 2, asked);
      for (int clients : new int[] {1, WRITERS, 1, WRITERS}) {
        double syncs = server.metric("incipit_log_syncs_total");
        Load.Figures figures = load.run(clients, seconds, asked);
        System.out.printf(
            "durable updates, %d clients: %s, %.2f syncs each%n",
            clients, figures, (server.metric("incipit_log_syncs_total") - syncs) / figures.count());
      }
    }
  }
}
