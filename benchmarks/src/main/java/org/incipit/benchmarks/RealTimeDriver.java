package org.incipit.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprinter;

/**
 * Feeds 48 kHz stereo at its own pace, as an audio driver's callback does, and prints how long the
 * feeds took: {@code RealTimeDriver [SECONDS]} (600 by default) for blocks of 64, 256 and 1024
 * frames at once, each on its own pass.
 *
 * <p>Warm-up: 60 s of audio fed as fast as it goes, so that everything is compiled.
 *
 * <p>The last column is the machine alone: after each feed, a loop that only reads the clock for as
 * long as a feed takes that completes a frame, and how much longer than that it once took. What a
 * loaded or virtual machine takes from that loop it takes from the feeds as well. An audio driver's
 * thread has real-time priority; so has this program under {@code chrt -f 50}.
 */
public final class RealTimeDriver {
  private static final int RATE = 48_000;
  private static final int CHANNELS = 2;
  private static final int WARM_UP_SECONDS = 60;

  private RealTimeDriver() {}

  public static void main(String[] args) {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 600;
    short[] audio = TestSignal.interleaved(10, RATE, CHANNELS);
    System.out.println(
        "frames  period us   p50 us  p99 us  p99.99 us   max us  max/period  items  machine us");
    for (int frames : new int[] {64, 256, 1024}) {
      measure(audio, frames, seconds);
    }
  }

  private static void measure(short[] audio, int frames, int seconds) {
    int[] items = new int[1];
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT, item -> items[0]++);
    fingerprinter.start(RATE, CHANNELS);
    int block = frames * CHANNELS;
    int blocks = audio.length / block;
    for (int i = 0; i < WARM_UP_SECONDS * RATE / frames; i++) {
      fingerprinter.feed(audio, i % blocks * block, block);
    }
    items[0] = 0;
    int calls = (int) ((long) seconds * RATE / frames);
    long[] nanos = new long[calls];
    long idleNanos = 60_000;
    long worstIdle = 0;
    long start = System.nanoTime();
    long collections = collections();
    for (int call = 0; call < calls; call++) {
      long due = start + (long) call * frames * 1_000_000_000L / RATE;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      long before = System.nanoTime();
      fingerprinter.feed(audio, call % blocks * block, block);
      long after = System.nanoTime();
      nanos[call] = after - before;
      long now = after;
      while (now - after < idleNanos) {
        now = System.nanoTime();
      }
      worstIdle = Math.max(worstIdle, now - after - idleNanos);
    }
    Arrays.sort(nanos);
    double period = frames * 1e6 / RATE;
    System.out.println(
        String.format(
            Locale.ROOT,
            "%6d %10.1f %8.2f %7.2f %10.2f %8.2f %10.1f%% %6d %11.2f   (%d collections)",
            frames,
            period,
            micros(nanos, 0.5),
            micros(nanos, 0.99),
            micros(nanos, 0.9999),
            micros(nanos, 1.0),
            100 * micros(nanos, 1.0) / period,
            items[0],
            worstIdle / 1e3,
            collections() - collections));
  }

  private static double micros(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(quantile * sorted.length))] / 1e3;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(collector -> collector.getCollectionCount())
        .sum();
  }
}
