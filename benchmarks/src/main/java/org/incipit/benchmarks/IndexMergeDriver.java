package org.incipit.benchmarks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Query;

/**
 * What a large merge does to searches and updates: {@code IndexMergeDriver CORPUS FOLDER [searches
 * a second [searching threads]]}, with a corpus of {@link IndexCorpus} and a new folder. Prints how
 * long searches and updates of one document took while nothing is merged, and while all segments
 * are merged to one, by turns. A search that is late because the one before took long is late from
 * when it was due.
 */
public final class IndexMergeDriver {
  private static final int BATCH = 1000;
  private static final int ROUNDS = 5;
  private static final int TERMS = IndexCorpus.TERMS;
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final long UPDATE_NANOS = 20_000_000;

  /** Ends a phase. */
  private interface Phase {
    boolean isOver();
  }

  /** What is done again and again. */
  private interface Work {
    void run(long number) throws IOException;
  }

  private final Index index;
  private final MemorySegment corpus;
  private final long documents;
  private final IndexCorpus tracks = new IndexCorpus();
  private final int rate;
  private final int threads;

  private IndexMergeDriver(Index index, MemorySegment corpus, int rate, int threads) {
    this.index = index;
    this.corpus = corpus;
    this.rate = rate;
    this.threads = threads;
    documents = corpus.byteSize() / (4 * TERMS);
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    try (FileChannel file = FileChannel.open(Path.of(args[0]));
        Arena arena = Arena.ofShared();
        Index index = Index.open(Path.of(args[1]), IndexConfig.DEFAULT)) {
      MemorySegment corpus = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
      int rate = args.length > 2 ? Integer.parseInt(args[2]) : 500;
      int threads = args.length > 3 ? Integer.parseInt(args[3]) : 1;
      new IndexMergeDriver(index, corpus, rate, threads).run();
    }
  }

  private void run() throws Exception {
    long half = documents / 2;
    load(0, half);
    System.out.println("parts: " + index.partSizes());
    phase("warming up", new Seconds(15));
    load(half, documents);
    for (int round = 0; round < ROUNDS; round++) {
      System.out.println("parts: " + index.partSizes());
      phase("nothing is merged", new Seconds(5));
      long merges = index.stats().segmentMerges();
      index.optimize();
      phase("all is merged", () -> index.stats().segmentMerges() > merges);
      // A second segment, once the merge is no longer asked for, so that there is one to do again.
      index.awaitMaintenance(LONG);
      load(0, BATCH);
    }
  }

  /** Over after so long. */
  private static final class Seconds implements Phase {
    private final long end;

    Seconds(long seconds) {
      end = System.nanoTime() + seconds * 1_000_000_000;
    }

    @Override
    public boolean isOver() {
      return System.nanoTime() - end > 0;
    }
  }

  private void load(long first, long end) throws Exception {
    for (long from = first; from < end; from += BATCH) {
      List<Change> changes = new ArrayList<>(BATCH);
      for (long i = from; i < Math.min(from + BATCH, end); i++) {
        changes.add(new Change.Insert((int) (i + 1), hashes(i)));
      }
      index.update(new Batch(changes, Map.of()));
    }
    index.checkpoint(LONG);
    index.awaitMaintenance(LONG);
  }

  private int[] hashes(long document) {
    int[] hashes = new int[TERMS];
    MemorySegment.copy(corpus, ValueLayout.JAVA_INT, document * TERMS * 4, hashes, 0, TERMS);
    return hashes;
  }

  private void phase(String name, Phase phase) throws Exception {
    long start = System.nanoTime();
    long[][] took = new long[threads + 1][];
    Thread[] running = new Thread[threads + 1];
    for (int t = 0; t < threads; t++) {
      int thread = t;
      running[t] =
          Thread.ofPlatform()
              .start(() ->
                  took[thread] =
                      repeat(
                          phase,
                          1_000_000_000L / rate,
                          n -> {
                            long document =
                                new SplittableRandom(n * threads + thread).nextLong(documents / 2);
                            index.search(
                                Query.of(tracks.reencoded(hashes(document), n)), Duration.ZERO);
                          }));
    }
    running[threads] =
        Thread.ofPlatform()
            .start(() ->
                took[threads] =
                    repeat(
                        phase,
                        UPDATE_NANOS,
                        n -> {
                          int id = (int) (documents + 1 + n % 1000);
                          index.update(
                              new Batch(List.of(new Change.Insert(id, hashes(n))), Map.of()));
                        }));
    for (Thread thread : running) {
      thread.join();
    }
    long[] searches = Arrays.stream(took, 0, threads).flatMapToLong(Arrays::stream).toArray();
    System.out.printf(
        "%s, %.1f s: searches %s; updates %s%n",
        name, (System.nanoTime() - start) / 1e9, figures(searches), figures(took[threads]));
  }

  /** The times that each took, in ns. */
  private static long[] repeat(Phase phase, long period, Work work) {
    long[] took = new long[1 << 10];
    int count = 0;
    long due = System.nanoTime();
    try {
      while (!phase.isOver()) {
        long start = due;
        for (long now = System.nanoTime(); now - due < 0; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
          start = System.nanoTime();
        }
        work.run(count);
        if (count == took.length) {
          took = Arrays.copyOf(took, 2 * count);
        }
        took[count++] = System.nanoTime() - start;
        due += period;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Arrays.copyOf(took, count);
  }

  private static String figures(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return "%d: p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.2f ms"
        .formatted(
            sorted.length,
            sorted[sorted.length / 2] / 1e3,
            sorted[(int) (sorted.length * 0.99)] / 1e3,
            sorted[(int) (sorted.length * 0.999)] / 1e3,
            sorted[sorted.length - 1] / 1e6);
  }
}
