package org.incipit.benchmarks.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGKILL at random moments of submission and import: {@code KillDriver FOLDER STORE [ROUNDS
 * [SEED]]}, the store as {@link Place} says. Then every acknowledged submission must be there
 * exactly once.
 */
public final class KillDriver {
  private static final int CLIENTS = 4;
  private static final int LONGEST_MILLIS = 1500;

  private KillDriver() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 100;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
    System.out.printf("%s, %d rounds, seed %d%n", args[1], rounds, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Ledger ledger = new Ledger();
    try (Place place = new Place(Path.of(args[0]), args[1])) {
      for (int round = 0; round < rounds; round++) {
        int millis = random.nextInt(LONGEST_MILLIS);
        // In every fourth round nothing is submitted: only what was before is imported.
        round(ledger, place, round % 4 == 3 ? 0 : CLIENTS, millis, random);
      }
      try (ServerProcess server = new ServerProcess(place.data(), place.settings())) {
        Audit.check(ledger, server, place);
      }
    }
  }

  private static void round(
      Ledger ledger, Place place, int clients, int millis, SplittableRandom random)
      throws Exception {
    ServerProcess server = new ServerProcess(place.data(), place.settings());
    AtomicBoolean ends = new AtomicBoolean();
    int before = ledger.acknowledged().size();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        SplittableRandom own = random.split();
        all.add(
            threads.submit(() -> {
              submitUntilKilled(ledger, server, own, ends);
              return null;
            }));
      }
      // A cold server takes its time for the first one.
      while (clients > 0 && ledger.acknowledged().size() == before) {
        Thread.sleep(1);
        failIfDone(all);
      }
      Thread.sleep(millis);
      ends.set(true);
      server.kill();
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void failIfDone(List<Future<?>> clients) throws Exception {
    for (Future<?> client : clients) {
      if (client.isDone()) {
        client.get();
      }
    }
  }

  private static void submitUntilKilled(
      Ledger ledger, ServerProcess server, SplittableRandom random, AtomicBoolean ends)
      throws IOException, InterruptedException {
    try (AcoustId client = new AcoustId(server.http())) {
      while (!ends.get()) {
        ledger.submit(client, random);
      }
    } catch (IOException e) {
      if (!ends.get()) {
        throw e;
      }
    }
  }
}
