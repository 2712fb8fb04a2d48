package org.incipit.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;

/**
 * Durable updates of one document each, with one and with 64 writers (virtual threads, as in a
 * server), beside as many plain writes with a sync each of the same length: {@code IndexUpdates
 * FOLDER [SECONDS]}. The folder must be new.
 */
public final class IndexUpdates {
  private static final int TERMS = IndexCorpus.TERMS;

  /** Of a record of the log with one document. */
  private static final int RECORD_BYTES = 56 + 4 * TERMS;

  private static final int FILE_BYTES = 64 << 20;

  private final Index index;
  private final FileChannel plain;
  private final long nanos;
  private final AtomicInteger ids = new AtomicInteger();
  private final SplittableRandom random = new SplittableRandom(1);
  private long at;

  private IndexUpdates(Index index, FileChannel plain, long nanos) {
    this.index = index;
    this.plain = plain;
    this.nanos = nanos;
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Path folder = Path.of(args[0]);
    long seconds = args.length > 1 ? Long.parseLong(args[1]) : 3;
    Files.createDirectories(folder);
    try (FileChannel plain =
            FileChannel.open(
                folder.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Index index = Index.open(folder.resolve("index"), IndexConfig.DEFAULT)) {
      plain.write(ByteBuffer.allocateDirect(FILE_BYTES));
      plain.force(true);
      IndexUpdates updates = new IndexUpdates(index, plain, seconds * 1_000_000_000);
      updates.one();
      for (int round = 0; round < 5; round++) {
        double one = updates.one();
        double many = updates.measure(64);
        System.out.printf("64 writers: %.1fx the rate of one%n", many / one);
      }
    }
  }

  /** Plain writes and updates in turn; updates a second, had there been no others. */
  private double one() throws IOException {
    ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES);
    long[] plainNanos = new long[1 << 20];
    long[] updateNanos = new long[plainNanos.length];
    long syncs = index.stats().syncs();
    long start = System.nanoTime();
    int count = 0;
    for (; System.nanoTime() - start < nanos && count < plainNanos.length; count++) {
      long begin = System.nanoTime();
      at = at + RECORD_BYTES > FILE_BYTES ? 0 : at;
      plain.write(record.clear(), at);
      plain.force(false);
      at += RECORD_BYTES;
      long middle = System.nanoTime();
      update(random);
      plainNanos[count] = middle - begin;
      updateNanos[count] = System.nanoTime() - middle;
    }
    double plainMicros = median(plainNanos, count);
    double updateMicros = median(updateNanos, count);
    System.out.printf(
        "1 writer: %d updates, %d syncs, median %.1f us; a plain write and sync %.1f us: %.2fx%n",
        count,
        index.stats().syncs() - syncs,
        updateMicros,
        plainMicros,
        updateMicros / plainMicros);
    return 1e6 / updateMicros;
  }

  private static double median(long[] nanos, int count) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[count / 2] / 1e3;
  }

  /** Updates a second. */
  private double measure(int writers) throws InterruptedException {
    Thread[] threads = new Thread[writers];
    long[] counts = new long[writers];
    long syncs = index.stats().syncs();
    long cpu = ProcessCpu.nanos();
    long start = System.nanoTime();
    for (int i = 0; i < writers; i++) {
      int writer = i;
      threads[i] = Thread.ofVirtual().start(() -> counts[writer] = update(start));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long count = Arrays.stream(counts).sum();
    double taken = System.nanoTime() - start;
    System.out.printf(
        "%d writers: %d updates, %.0f a second, %d syncs, CPU %.1f us an update%n",
        writers,
        count,
        count * 1e9 / taken,
        index.stats().syncs() - syncs,
        (ProcessCpu.nanos() - cpu) / 1e3 / count);
    return count * 1e9 / taken;
  }

  private long update(long start) {
    SplittableRandom own = new SplittableRandom();
    long count = 0;
    try {
      for (; System.nanoTime() - start < nanos; count++) {
        update(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  private void update(SplittableRandom from) throws IOException {
    int[] hashes = new int[TERMS];
    Arrays.setAll(hashes, i -> from.nextInt() & -16);
    Change insert = new Change.Insert(ids.incrementAndGet(), hashes);
    index.update(new Batch(List.of(insert), Map.of()));
  }
}
