package org.incipit.benchmarks.service;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests with something wrong in them: {@code MutationDriver FOLDER STORE [COUNT [SEED]]}, the
 * store as {@link Place} says. Whatever is sent, the server answers, not with an error of its own,
 * and takes no more memory for it.
 */
public final class MutationDriver {
  private static final int CLIENTS = 4;
  private static final int PARTS = 8;
  private static final int KNOWN = 4711;

  private final Mutations mutations = new Mutations();
  private final Recordings recordings = new Recordings();
  private final ServerProcess server;
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  private MutationDriver(ServerProcess server) {
    this.server = server;
  }

  public static void main(String[] args) throws Exception {
    long count = args.length > 2 ? Long.parseLong(args[2]) : 100_000;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
    try (Place place = new Place(Path.of(args[0]), args[1]);
        ServerProcess server = new ServerProcess(place.data(), place.settings())) {
      if (!new MutationDriver(server).run(count, seed)) {
        System.exit(1);
      }
    }
  }

  private boolean run(long count, long seed) throws Exception {
    try (AcoustId client = new AcoustId(server.http())) {
      String form =
          AcoustId.submission()
              + AcoustId.entry(0, recordings.of(KNOWN), Recordings.duration(KNOWN));
      client.await(client.submit(form), 60);
      for (int part = 0; part < PARTS; part++) {
        send(seed + part * count / PARTS, seed + (part + 1) * count / PARTS);
        String lookup = AcoustId.lookup(recordings.of(KNOWN), Recordings.duration(KNOWN));
        if (client.find(lookup).isEmpty()) {
          failures.add("what was found at first is not found any more");
        }
        System.out.printf(
            "%d requests: %s; heap %d KiB, resident %d MiB, %d threads%n",
            (part + 1) * count / PARTS,
            statuses,
            server.heapBytes() >> 10,
            server.residentBytes() >> 20,
            server.threads());
      }
    }
    failures.forEach(System.out::println);
    System.out.println(failures.size() + " failures");
    return failures.isEmpty();
  }

  private void send(long from, long end) throws Exception {
    AtomicLong next = new AtomicLong(from);
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(
            threads.submit(() -> {
              send(next, end);
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private void send(AtomicLong next, long end) throws IOException {
    RawConnection connection = new RawConnection(server.http());
    try {
      for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        Mutations.Request request = mutations.request(seed);
        RawConnection.Answer answer;
        try {
          answer = connection.ask(request.bytes().array(), !request.isWhole());
          judge(seed, request, answer);
        } catch (SocketTimeoutException e) {
          failed("seed " + seed + ": no answer within 30 s");
          answer = null;
        }
        if (answer == null || answer.isLast() || !request.isWhole()) {
          connection.close();
          connection = new RawConnection(server.http());
        }
      }
    } finally {
      connection.close();
    }
  }

  /** A server may close a connection on which half a request came, and say "later" with a time. */
  private void judge(long seed, Mutations.Request request, RawConnection.Answer answer) {
    synchronized (statuses) {
      statuses.merge(answer.status(), 1L, Long::sum);
    }
    boolean isLimit = answer.status() == 503 && answer.head().contains("retry-after:");
    boolean isNothing = answer.status() == 0 && request.isWhole();
    if (isNothing || (answer.status() >= 500 && !isLimit)) {
      failed(
          "seed %d: %d %s for %s"
              .formatted(seed, answer.status(), answer.body(), beginning(request.bytes().array())));
    }
  }

  private static String beginning(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, 300), StandardCharsets.UTF_8);
  }

  private void failed(String what) {
    synchronized (failures) {
      failures.add(what);
    }
  }
}
