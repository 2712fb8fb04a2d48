package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** By simulation: sizes arrive and are merged as the policy says. */
class MergePolicyTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final long FLOOR = 10_000_000;

  private long written;

  private static long[] sizes(List<Long> parts) {
    return parts.stream().mapToLong(Long::longValue).toArray();
  }

  private void merge(List<Long> parts, MergePolicy.Window window) {
    List<Long> merged = parts.subList(window.from(), window.to());
    long sum = merged.stream().mapToLong(Long::longValue).sum();
    merged.clear();
    parts.add(window.from(), sum);
    written += sum;
  }

  @Test
  void segmentsStayFewAndEachPostingIsRewrittenFewTimes() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Long> segments = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < 1000; i++) {
      long size = FLOOR + random.nextLong(FLOOR);
      segments.add(size);
      total += size;
      for (MergePolicy.Window window = MergePolicy.segments(sizes(segments), FLOOR);
          !window.isEmpty();
          window = MergePolicy.segments(sizes(segments), FLOOR)) {
        merge(segments, window);
      }
      int allowed = 3 + (int) (Math.log((double) total / FLOOR) / Math.log(4) + 1e-9);
      assertTrue(segments.size() <= allowed, "seed " + SEED + ": " + segments);
    }
    assertTrue(written < 5 * total, "written " + (double) written / total + " times");
  }

  @Test
  void aMillionDocumentsLeaveAtMostFourSegments() {
    List<Long> segments = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      segments.add(FLOOR);
      MergePolicy.Window window = MergePolicy.segments(sizes(segments), FLOOR);
      if (!window.isEmpty()) {
        merge(segments, window);
      }
    }
    assertTrue(segments.size() <= 4, segments.toString());
  }

  @Test
  void fiftyBatchesAreNotMergedToOneRun() {
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      runs.add(100_000L);
      MergePolicy.Window window = MergePolicy.runs(sizes(runs), Long.MAX_VALUE);
      if (!window.isEmpty()) {
        merge(runs, window);
      }
    }
    assertTrue(runs.size() > 1 && runs.size() <= 16, runs.toString());
  }

  /** Runs of seven postings behind others. */
  private static long[] sevens(long... before) {
    long[] sizes = Arrays.copyOf(before, before.length + MergePolicy.RUNS);
    Arrays.fill(sizes, before.length, sizes.length, 7);
    return sizes;
  }

  @Test
  void aFewRunsAreLeftAlone() {
    long[] few = Arrays.copyOf(sevens(), MergePolicy.RUNS - 1);
    assertTrue(MergePolicy.runs(few, 1000).isEmpty());
    assertTrue(MergePolicy.runs(new long[0], 1000).isEmpty());
  }

  @Test
  void runsOfOneTierAreMergedWithoutTheGreaterOnesBefore() {
    MergePolicy.Window window =
        MergePolicy.runs(sevens(50_000_000, 9_000_000), 7 * MergePolicy.RUNS);
    assertEquals(new MergePolicy.Window(2, 2 + MergePolicy.RUNS), window);
  }

  @Test
  void nothingLargerIsMadeThanIsAllowed() {
    assertTrue(MergePolicy.runs(sevens(), 7 * MergePolicy.RUNS - 1).isEmpty());
  }
}
