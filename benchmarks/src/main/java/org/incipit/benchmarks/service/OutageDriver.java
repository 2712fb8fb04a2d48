package org.incipit.benchmarks.service;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * PostgreSQL away, paused, cut off or blocked while clients look up and submit: {@code OutageDriver
 * FOLDER [SECONDS]}, so long each time. Lookups must come back by themselves, nothing that was
 * acknowledged may be lost, and no connection may be left in a transaction.
 */
public final class OutageDriver {
  private static final int STORED = 200;
  private static final int CALM_MILLIS = 3000;
  private static final int PATIENCE_SECONDS = 60;

  private final Ledger ledger = new Ledger();
  private final AtomicBoolean ends = new AtomicBoolean();
  private final AtomicLong good = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private final AtomicLong slowestNanos = new AtomicLong();
  private final Postgres postgres;
  private final CutProxy proxy;
  private final int seconds;

  private OutageDriver(Postgres postgres, CutProxy proxy, int seconds) {
    this.postgres = postgres;
    this.proxy = proxy;
    this.seconds = seconds;
  }

  /** What happens to the database. */
  private enum Outage {
    KILLED,
    RESTARTED,
    PAUSED,
    CUT,
    SWALLOWED,
    LOOKUPS_LOCKED,
    FEED_LOCKED
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    try (Place place = new Place(folder, "postgres");
        CutProxy proxy = new CutProxy(place.postgres().port());
        ServerProcess server =
            new ServerProcess(place.data(), List.of("database=" + Postgres.url(proxy.port())))) {
      OutageDriver driver = new OutageDriver(place.postgres(), proxy, seconds);
      driver.run(server.http());
      Audit.check(driver.ledger, server, place);
      Thread.sleep(CALM_MILLIS);
      connections(place);
    }
  }

  private void run(int port) throws Exception {
    store(port);
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int own = i;
        clients.add(threads.submit(() -> lookUp(port, own)));
        clients.add(threads.submit(() -> submit(port, own)));
      }
      try {
        for (Outage outage : Outage.values()) {
          Thread.sleep(CALM_MILLIS);
          during(outage);
        }
        Thread.sleep(CALM_MILLIS);
      } finally {
        ends.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
  }

  private void store(int port) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(0);
    try (AcoustId client = new AcoustId(port)) {
      while (ledger.acknowledged().size() < STORED) {
        ledger.submit(client, random);
      }
      client.await(ledger.acknowledged().values(), PATIENCE_SECONDS);
    }
  }

  /** Looks up what is stored; only that may be found, or an error said that calls it temporary. */
  private Void lookUp(int port, long seed) throws InterruptedException, IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (AcoustId client = new AcoustId(port)) {
      while (!ends.get()) {
        long number = 1L + random.nextInt(STORED);
        // Fingerprints come from memory; for recordings the database is asked each time.
        String form =
            AcoustId.lookup(ledger.fingerprint(number), Ledger.duration(number))
                + "&meta=recordingids";
        long start = System.nanoTime();
        AcoustId.Answer answer = client.post(AcoustId.LOOKUP, form);
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        if (answer.status() == 503) {
          unavailable.incrementAndGet();
          Thread.sleep(10);
        } else if (Json.rows(answer.good(), "results").isEmpty()) {
          throw new IllegalStateException(number + " is not found");
        } else {
          good.incrementAndGet();
        }
      }
    }
    return null;
  }

  private Void submit(int port, long seed) throws InterruptedException, IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (AcoustId client = new AcoustId(port)) {
      while (!ends.get()) {
        if (!ledger.submit(client, random)) {
          Thread.sleep(50);
        }
      }
    }
    return null;
  }

  private void during(Outage outage) throws Exception {
    long goodBefore = good.get();
    long unavailableBefore = unavailable.get();
    slowestNanos.set(0);
    switch (outage) {
      case KILLED -> {
        postgres.kill();
        pause();
        postgres.start();
      }
      case RESTARTED -> postgres.restart();
      case PAUSED -> {
        postgres.pause();
        pause();
        postgres.resume();
      }
      case CUT -> {
        for (int i = 0; i < seconds * 4; i++) {
          proxy.cut();
          Thread.sleep(250);
        }
      }
      case SWALLOWED -> {
        proxy.swallow(true);
        pause();
        proxy.swallow(false);
      }
      case LOOKUPS_LOCKED -> locked("fingerprint, track");
      case FEED_LOCKED -> locked("feed, submission");
    }
    long goodThen = good.get();
    long over = System.nanoTime();
    long recovered = awaitGood(over);
    System.out.printf(
        "%s: %d lookups answered and %d told to come later, slowest answer %.1f s; the next good"
            + " one %.2f s after it was over%n",
        outage,
        goodThen - goodBefore,
        unavailable.get() - unavailableBefore,
        slowestNanos.get() / 1e9,
        (recovered - over) / 1e9);
  }

  /** When ten more have been answered. */
  private long awaitGood(long over) throws InterruptedException {
    long before = good.get();
    while (good.get() < before + 10) {
      if (System.nanoTime() - over > PATIENCE_SECONDS * 1_000_000_000L) {
        throw new IllegalStateException("lookups do not come back");
      }
      Thread.sleep(1);
    }
    return System.nanoTime();
  }

  private void pause() throws InterruptedException {
    Thread.sleep(seconds * 1000L);
  }

  private void locked(String tables) throws SQLException, InterruptedException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
      pause();
      connection.rollback();
    }
  }

  /** What the server's connections do when nobody asks. */
  private static void connections(Place place) throws SQLException {
    try (Connection connection = place.connect()) {
      String others =
          "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
              + " AND pid <> pg_backend_pid()";
      long all = Place.number(connection, others);
      long idle = Place.number(connection, others + " AND state = 'idle'");
      long locks =
          Place.number(connection, "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid()");
      System.out.printf("%d connections, %d idle, %d locks%n", all, idle, locks);
      if (all != idle || locks > 0) {
        throw new IllegalStateException("the pool is not clean");
      }
    }
  }
}
