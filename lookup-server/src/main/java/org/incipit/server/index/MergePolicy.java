package org.incipit.server.index;

import java.util.ArrayList;
import java.util.List;

/** Which neighbouring parts to merge, by their sizes in postings alone. */
final class MergePolicy {
  /** Runs of one tier that are merged to one of the next. */
  static final int RUNS = 8;

  private static final int MOST_SEGMENTS_AT_ONCE = 8;
  private static final int SEGMENTS_PER_FLOOR = 3;
  private static final long RUN_FLOOR = 1 << 14;

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
   * The newest {@value #RUNS} or more runs that are of one tier or below, each eight times larger.
   */
  static Window runs(long[] sizes) {
    for (long most = RUN_FLOOR; most < Long.MAX_VALUE / RUNS; most *= RUNS) {
      int from = sizes.length;
      while (from > 0 && sizes[from - 1] <= most) {
        from--;
      }
      if (sizes.length - from >= RUNS) {
        return new Window(from, sizes.length);
      }
      if (from == 0) {
        break;
      }
    }
    return NONE;
  }

  /**
   * The segments that are merged at the least cost for each one that goes, if there are more than
   * three, and one more for each four times that all together are larger than {@code floor}.
   */
  static Window segments(long[] sizes, long floor) {
    long total = 0;
    for (long size : sizes) {
      total += size;
    }
    int allowed = SEGMENTS_PER_FLOOR;
    for (long size = floor; size <= total / 4; size *= 4) {
      allowed++;
    }
    if (sizes.length <= allowed) {
      return NONE;
    }
    Window best = NONE;
    double least = Double.MAX_VALUE;
    for (int from = 0; from < sizes.length; from++) {
      long sum = sizes[from];
      for (int to = from + 2; to <= Math.min(sizes.length, from + MOST_SEGMENTS_AT_ONCE); to++) {
        sum += sizes[to - 1];
        double cost = (double) sum / (to - from - 1);
        boolean enough = sizes.length - (to - from - 1) <= allowed;
        if (cost <= least && (enough || to - from == MOST_SEGMENTS_AT_ONCE)) {
          least = cost;
          best = new Window(from, to);
        }
      }
    }
    return best;
  }
}
