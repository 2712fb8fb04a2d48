package org.incipit.server.index;

import java.util.ArrayList;
import java.util.List;

/**
 * Which neighbouring parts to merge, by their sizes alone, each the number of postings and
 * documents.
 */
final class MergePolicy {
  /** Runs of one tier that are merged to one of the next. */
  static final int RUNS = 16;

  private static final int MOST_SEGMENTS_AT_ONCE = 8;
  private static final int SEGMENTS_PER_FLOOR = 3;
  private static final long RUN_FLOOR = 1 << 15;

  private MergePolicy() {}

  /**
   * Neighbouring parts.
   *
   * @param from index of the first
   * @param to index after the last
   */
  record Window(int from, int to) {
    <T> List<T> of(List<T> parts) {
      return new ArrayList<>(parts.subList(from, to));
    }

    boolean isEmpty() {
      return from == to;
    }
  }

  private static final Window NONE = new Window(0, 0);

  /**
   * The newest {@value #RUNS} or more runs of one tier, with smaller ones behind and between them.
   * Each tier is that many times larger than the one before.
   *
   * @param largest nothing larger is made
   */
  static Window runs(long[] sizes, long largest) {
    long least = 0;
    for (long most = RUN_FLOOR; most < Long.MAX_VALUE / RUNS; most *= RUNS) {
      int from = sizes.length;
      int ofTier = 0;
      long sum = 0;
      while (from > 0 && sizes[from - 1] <= most) {
        from--;
        sum += sizes[from];
        ofTier += sizes[from] >= least ? 1 : 0;
      }
      if (ofTier >= RUNS && sum <= largest) {
        return new Window(from, sizes.length);
      }
      if (from == 0) {
        break;
      }
      least = most + 1;
    }
    return NONE;
  }

  /**
   * Some segments, if there are more than three, and one more for each four times that all together
   * are larger than {@code floor}. Those are chosen that are most alike, so that a large one is not
   * rewritten for the sake of a small one; among equals the smaller ones.
   */
  static Window segments(long[] sizes, long floor) {
    int excess = sizes.length - allowed(sizes, floor);
    if (excess <= 0) {
      return NONE;
    }
    int width = Math.min(excess + 1, MOST_SEGMENTS_AT_ONCE);
    Window best = NONE;
    double least = Double.MAX_VALUE;
    for (int from = 0; from < sizes.length; from++) {
      double sum = sizes[from];
      double max = sizes[from];
      for (int to = from + 2; to <= Math.min(sizes.length, from + MOST_SEGMENTS_AT_ONCE); to++) {
        sum += sizes[to - 1];
        max = Math.max(max, (double) sizes[to - 1]);
        double cost = (max + 1) / (sum + 1) * Math.pow(sum + 1, 0.1);
        if (to - from >= width && cost < least) {
          least = cost;
          best = new Window(from, to);
        }
      }
    }
    return best;
  }

  /** Whether there are many more segments than there should be. */
  static boolean isBehind(long[] sizes, long floor) {
    return sizes.length > allowed(sizes, floor) + MOST_SEGMENTS_AT_ONCE;
  }

  private static int allowed(long[] sizes, long floor) {
    long total = 0;
    for (long size : sizes) {
      total += size;
    }
    int allowed = SEGMENTS_PER_FLOOR;
    for (long size = floor; size <= total / 4; size *= 4) {
      allowed++;
    }
    return allowed;
  }
}
