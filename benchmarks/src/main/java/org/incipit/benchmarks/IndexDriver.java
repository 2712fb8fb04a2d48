package org.incipit.benchmarks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;

/**
 * Loads a corpus of {@link IndexCorpus} into an index and searches it: {@code IndexDriver CORPUS
 * FOLDER [hot]}. The folder must be new. After a warm-up prints what was acknowledged in a second,
 * how long maintenance went on, the size, and the CPU time of queries ten seconds after the last
 * batch, and with one segment.
 */
public final class IndexDriver {
  private static final int BATCH = 1000;
  private static final int TERMS = IndexCorpus.TERMS;
  private static final long WARM_UP = 500_000;
  private static final Duration LONG = Duration.ofMinutes(30);

  private final Index index;
  private final MemorySegment corpus;
  private final long documents;
  private final IndexCorpus tracks = new IndexCorpus();

  private IndexDriver(Index index, MemorySegment corpus) {
    this.index = index;
    this.corpus = corpus;
    documents = corpus.byteSize() / (4 * TERMS);
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Path folder = Path.of(args[1]);
    boolean hot = args.length > 2;
    try (FileChannel file = FileChannel.open(Path.of(args[0]));
        Arena arena = Arena.ofShared();
        Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      MemorySegment corpus = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
      corpus.load();
      IndexDriver driver = new IndexDriver(index, corpus);
      warmUp(folder.resolveSibling(folder.getFileName() + ".warm"), corpus);
      driver.load(folder);
      Thread.sleep(10_000);
      driver.report("10 s after the last batch", folder);
      driver.searches(hot);
      index.checkpoint(LONG);
      index.optimize();
      index.awaitMaintenance(LONG);
      driver.report("one segment", folder);
      driver.searches(hot);
    }
    long start = System.nanoTime();
    try (Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      print("opened again in %.2f s, version %d".formatted(seconds(start), index.info().version()));
    }
  }

  /**
   * Loads half a million documents, so that the JVM has compiled what the load to be timed runs.
   */
  private static void warmUp(Path folder, MemorySegment corpus) throws Exception {
    try (Index index = Index.open(folder, IndexConfig.DEFAULT)) {
      IndexDriver driver = new IndexDriver(index, corpus);
      driver.update(Math.min(driver.documents, WARM_UP));
      index.awaitMaintenance(LONG);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void update(long count) throws IOException {
    for (long from = 0; from < count; from += BATCH) {
      List<Change> changes = new ArrayList<>(BATCH);
      for (long i = from; i < Math.min(from + BATCH, count); i++) {
        changes.add(new Change.Insert((int) (i + 1), hashes(i)));
      }
      index.update(new Batch(changes, Map.of()));
    }
  }

  private void load(Path folder) throws Exception {
    long start = System.nanoTime();
    double cpu = cpuSeconds();
    update(documents);
    double acknowledged = seconds(start);
    double postings = documents * (double) TERMS;
    print(
        "%d documents acknowledged in %.2f s: %.1f M postings/s, %s"
            .formatted(documents, acknowledged, postings / acknowledged / 1e6, index.stats()));
    index.awaitMaintenance(LONG);
    double idle = seconds(start);
    print(
        "maintenance idle after %.2f s: %.1f M postings/s, %.1f ns CPU a posting, %s"
            .formatted(
                idle, postings / idle / 1e6, (cpuSeconds() - cpu) * 1e9 / postings, index.stats()));
    report("as loaded", folder);
  }

  private int[] hashes(long document) {
    int[] hashes = new int[TERMS];
    MemorySegment.copy(corpus, ValueLayout.JAVA_INT, document * TERMS * 4, hashes, 0, TERMS);
    return hashes;
  }

  private void report(String when, Path folder) throws IOException {
    long bytes;
    try (Stream<Path> files = Files.list(folder)) {
      bytes =
          files
              .filter(file -> file.toString().endsWith(".segment"))
              .mapToLong(file -> file.toFile().length())
              .sum();
    }
    print(
        "%s: postings of the parts %s, %d bytes in segments, heap %d MiB, resident %d MiB"
            .formatted(when, index.partSizes(), bytes, heapMebibytes(), residentMebibytes()));
  }

  private void searches(boolean hot) throws Exception {
    for (int round = 0; round < 3; round++) {
      search("hit", 1, seed -> Query.of(reencoded(seed)));
      search("miss", 1, seed -> Query.of(tracks.unknown(documents + seed)));
    }
    search("hit", 2, seed -> Query.of(reencoded(seed)));
    search("miss", 2, seed -> Query.of(tracks.unknown(documents + seed)));
    if (hot) {
      search("hit with 5 hot terms", 1, seed -> Query.of(withHot(reencoded(seed), 5)));
      search("20 hot terms only", 1, seed -> Query.of(withHot(new int[20], 20)));
      search(
          "5 hot terms, least score 1, limit 500",
          1,
          seed -> Query.of(withHot(reencoded(seed), 5)).withMinScore(1).withLimit(500));
    }
  }

  private int[] reencoded(long seed) {
    long document = new SplittableRandom(seed).nextLong(documents);
    return tracks.reencoded(hashes(document), seed);
  }

  private static int[] withHot(int[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      hashes[i] = IndexCorpus.hot(i);
    }
    return hashes;
  }

  private interface Queries {
    Query query(long seed);
  }

  private void search(String kind, int threads, Queries queries) throws Exception {
    Thread[] searchers = new Thread[threads];
    long[][] nanos = new long[threads][];
    Query[] asked = new Query[kind.contains("hot") ? 500 : 10_000];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = queries.query(1_000_000L * kind.hashCode() + i);
    }
    double cpu = cpuSeconds();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      searchers[t] = Thread.ofPlatform().start(() -> nanos[thread] = search(asked));
    }
    for (Thread searcher : searchers) {
      searcher.join();
    }
    double used = (cpuSeconds() - cpu) * 1e6 / asked.length / threads;
    long[] all = Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
    print(
        "  %s, %d threads: CPU %.1f us a query, p50 %.1f us, p99 %.1f us"
            .formatted(
                kind, threads, used, all[all.length / 2] / 1e3, all[all.length * 99 / 100] / 1e3));
  }

  private long[] search(Query[] queries) {
    long[] nanos = new long[queries.length];
    long hits = 0;
    try {
      for (int i = 0; i < queries.length; i++) {
        long start = System.nanoTime();
        Hits found = index.search(queries[i], Duration.ZERO);
        nanos[i] = System.nanoTime() - start;
        hits += found.size();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (hits < 0) {
      throw new AssertionError(hits);
    }
    return nanos;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double cpuSeconds() {
    return ProcessCpu.nanos() / 1e9;
  }

  private static long heapMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  private static long residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    return 0;
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
