package org.incipit.benchmarks.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Clients that ask one request after the other, for a while, and how long answers took. */
final class Load {
  private final ServerProcess server;
  private final Form form;
  private final long pauseNanos;

  /**
   * Clients of a server.
   *
   * @param pauseNanos of each client, from an answer to its next request
   */
  Load(ServerProcess server, Form form, long pauseNanos) {
    this.server = server;
    this.form = form;
    this.pauseNanos = pauseNanos;
  }

  /** What a client asks. */
  @FunctionalInterface
  interface Asked {
    ByteBuffer request(int client, int number);
  }

  /** What came of it. */
  static final class Figures {
    private final float[] micros;
    private final double perSecond;
    private final double cpuMicros;

    /**
     * Figures of answers.
     *
     * @param micros of each answer, sorted
     * @param cpuMicros of the server, for each answer
     */
    Figures(float[] micros, double perSecond, double cpuMicros) {
      this.micros = micros;
      this.perSecond = perSecond;
      this.cpuMicros = cpuMicros;
    }

    /** How many answers. */
    int count() {
      return micros.length;
    }

    float quantile(double share) {
      return micros[(int) Math.min(micros.length - 1, Math.round(micros.length * share))];
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "p50 %.3f ms, p99 %.3f ms, %.0f a second, server CPU %.4f ms each",
          quantile(.5) / 1e3,
          quantile(.99) / 1e3,
          perSecond,
          cpuMicros / 1e3);
    }
  }

  /** Has so many clients ask for so long. */
  Figures run(int clients, double seconds, Asked asked) throws IOException, InterruptedException {
    double cpu = server.cpuSeconds();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Future<float[]>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        int client = i;
        results.add(threads.submit(() -> ask(client, end, asked)));
      }
    }
    double taken = (System.nanoTime() - start) / 1e9;
    double used = server.cpuSeconds() - cpu;
    float[] all = new float[0];
    for (Future<float[]> result : results) {
      float[] some = micros(result);
      float[] both = Arrays.copyOf(all, all.length + some.length);
      System.arraycopy(some, 0, both, all.length, some.length);
      all = both;
    }
    Arrays.sort(all);
    return new Figures(all, all.length / taken, used * 1e6 / all.length);
  }

  private static float[] micros(Future<float[]> result) throws IOException, InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    }
  }

  private float[] ask(int client, long end, Asked asked) throws IOException {
    float[] micros = new float[1 << 12];
    int count = 0;
    try (Client socket = new Client(form == Form.LINES ? server.lines() : server.http())) {
      for (long now = System.nanoTime(); now < end && count < Integer.MAX_VALUE; ) {
        ByteBuffer request = asked.request(client, count);
        now = System.nanoTime();
        if (form == Form.LINES) {
          socket.askLine(request);
        } else {
          socket.ask(request);
        }
        long answered = System.nanoTime();
        if (count == micros.length) {
          micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = (answered - now) / 1e3f;
        now = answered;
        if (pauseNanos > 0) {
          LockSupport.parkNanos(pauseNanos);
        }
      }
    }
    return Arrays.copyOf(micros, count);
  }
}
