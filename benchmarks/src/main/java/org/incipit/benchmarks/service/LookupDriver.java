package org.incipit.benchmarks.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Lookups among many fingerprints: {@code LookupDriver FOLDER STORE [COUNT [SECONDS [WARM-UP]]]
 * [SETTING=VALUE...]}, the store as {@link Place} says. Loads what is missing of the synthetic
 * {@link Recordings}, starts the server, which builds its index, and asks; then submits new ones.
 */
public final class LookupDriver {
  private static final int QUERIES = 100_000;
  private static final int CHECKED = 500;
  private static final int SUBMITTED = 5000;
  private static final int ENTRIES = 20;
  private static final int SUBMITTERS = 4;
  private static final int SINGLE = 50;

  private final Recordings recordings = new Recordings();
  private final Place place;
  private final int count;
  private final ServerProcess server;

  private LookupDriver(Place place, int count, ServerProcess server) {
    this.place = place;
    this.count = count;
    this.server = server;
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    List<String> words = Arrays.stream(args).filter(arg -> !isSetting(arg)).toList();
    List<String> settings =
        new ArrayList<>(Arrays.stream(args).filter(LookupDriver::isSetting).toList());
    int count = words.size() > 2 ? Integer.parseInt(words.get(2)) : 1_000_000;
    double seconds = words.size() > 3 ? Double.parseDouble(words.get(3)) : 60;
    double warmUp = words.size() > 4 ? Double.parseDouble(words.get(4)) : 30;
    try (Place place = new Place(Path.of(words.get(0)), words.get(1))) {
      CatalogLoader.load(place.config(), count);
      settings.addAll(place.settings());
      long start = System.nanoTime();
      try (ServerProcess server = new ServerProcess(place.data(), settings)) {
        LookupDriver driver = new LookupDriver(place, count, server);
        driver.awaitIndex();
        System.out.printf(
            "looks up %.2f s after its start, CPU %.2f s%n",
            (System.nanoTime() - start) / 1e9, server.cpuSeconds());
        driver.check();
        driver.lookups(seconds, warmUp);
        driver.sizes();
        driver.submissions();
      }
    }
  }

  private static boolean isSetting(String arg) {
    return arg.indexOf('=') > 0 && !arg.contains(":");
  }

  /** The form of lookup {@code number}: of what is stored, or of what is not. */
  private String form(int number, boolean isKnown) {
    long of = isKnown ? Math.floorMod(number * 7919L, count) : (1L << 40) + number;
    return AcoustId.lookup(recordings.heard(of, number), Recordings.duration(of));
  }

  private void awaitIndex() throws IOException, InterruptedException {
    try (AcoustId client = new AcoustId(server.http())) {
      while (client.post(AcoustId.LOOKUP, form(0, true)).status() == 503) {
        Thread.sleep(20);
      }
    }
  }

  /** Whether answers are right. */
  private void check() throws IOException, InterruptedException {
    int found = 0;
    int wrong = 0;
    try (AcoustId client = new AcoustId(server.http())) {
      for (int i = 0; i < CHECKED; i++) {
        found += client.find(form(i, true)).size() == 1 ? 1 : 0;
        wrong += client.find(form(i, false)).size();
      }
    }
    System.out.printf(
        "of %d lookups of what is stored %d find one track, those of what is not %d%n",
        CHECKED, found, wrong);
  }

  private void lookups(double seconds, double warmUp) throws IOException, InterruptedException {
    ByteBuffer[] hits = requests(true);
    ByteBuffer[] misses = requests(false);
    Load load = new Load(server, Form.JSON, 0);
    Load.Asked mixed =
        (client, number) -> (number % 2 == 0 ? hits : misses)[place(client, number / 2)];
    load.run(8, warmUp, mixed);
    for (int clients : new int[] {1, 8}) {
      System.out.println(clients + " clients, known: " + load.run(clients, seconds, asked(hits)));
      System.out.println(
          clients + " clients, unknown: " + load.run(clients, seconds, asked(misses)));
      System.out.println(clients + " clients, mixed: " + load.run(clients, seconds, mixed));
    }
    System.out.printf(
        "resident %d MiB, heap %d MiB, %d threads%n",
        server.residentBytes() >> 20, server.heapBytes() >> 20, server.threads());
  }

  private static Load.Asked asked(ByteBuffer[] requests) {
    return (client, number) -> requests[place(client, number)];
  }

  /** Each client begins elsewhere. */
  private static int place(int client, int number) {
    return (client * 5003 + number) % (QUERIES / 2);
  }

  private ByteBuffer[] requests(boolean areKnown) {
    return IntStream.range(0, QUERIES / 2)
        .parallel()
        .mapToObj(i -> Requests.form(AcoustId.LOOKUP, form(i, areKnown)))
        .toArray(ByteBuffer[]::new);
  }

  private void sizes() throws Exception {
    try (Connection connection = place.connect()) {
      long fingerprints = Place.number(connection, "SELECT count(*) FROM fingerprint");
      System.out.printf(
          "%d fingerprints, bytes of each: %d in the catalogue, %d in the index%n",
          fingerprints, place.catalogBytes() / fingerprints, place.indexBytes() / fingerprints);
    }
  }

  /** From the request to where a lookup finds it, one alone and many together. */
  private void submissions() throws Exception {
    long next = System.nanoTime();
    try (AcoustId client = new AcoustId(server.http())) {
      double[] millis = new double[SINGLE];
      for (int i = 0; i < SINGLE; i++) {
        long start = System.nanoTime();
        client.submit(submission(next + i, 1));
        awaitFound(client, next + i);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      Arrays.sort(millis);
      System.out.printf(
          "one submission is found after: p50 %.1f ms, greatest %.1f ms%n",
          millis[SINGLE / 2], millis[SINGLE - 1]);
      long first = next + SINGLE;
      double cpu = server.cpuSeconds();
      long start = System.nanoTime();
      submitAll(first);
      double acknowledged = (System.nanoTime() - start) / 1e9;
      for (int i = 1; i <= SUBMITTERS; i++) {
        awaitFound(client, first + i * SUBMITTED / SUBMITTERS - 1);
      }
      double found = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%d submissions by %d clients, %d in a request: %.0f a second acknowledged, %.0f a second"
              + " found; server CPU %.3f ms each%n",
          SUBMITTED,
          SUBMITTERS,
          ENTRIES,
          SUBMITTED / acknowledged,
          SUBMITTED / found,
          (server.cpuSeconds() - cpu) * 1e3 / SUBMITTED);
    }
  }

  private void submitAll(long first) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(SUBMITTERS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < SUBMITTERS; i++) {
        long own = first + i * (long) SUBMITTED / SUBMITTERS;
        all.add(
            threads.submit(() -> {
              try (AcoustId client = new AcoustId(server.http())) {
                for (int sent = 0; sent < SUBMITTED / SUBMITTERS; sent += ENTRIES) {
                  int some = Math.min(ENTRIES, SUBMITTED / SUBMITTERS - sent);
                  client.submit(submission(own + sent, some));
                }
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private String submission(long first, int entries) {
    StringBuilder form = new StringBuilder(AcoustId.submission());
    for (int i = 0; i < entries; i++) {
      form.append(AcoustId.entry(i, recordings.of(first + i), Recordings.duration(first + i)));
    }
    return form.toString();
  }

  private void awaitFound(AcoustId client, long number) throws IOException, InterruptedException {
    String form = AcoustId.lookup(recordings.of(number), Recordings.duration(number));
    while (client.find(form).isEmpty()) {
      Thread.sleep(1);
    }
  }
}
