package org.incipit.server.index.search;

/** The best of the documents offered: a heap whose root is the worst of them. One search. */
final class TopHits {
  private long[] heap = new long[64];
  private int size;
  private int limit;
  private int best;

  /** Begins anew. */
  void reset(int mostHits) {
    limit = mostHits;
    size = 0;
    best = 0;
  }

  /** Greater is better: the score, then the smaller id. */
  private static long rank(int id, int score) {
    return (long) score << 32 | Integer.toUnsignedLong(~id);
  }

  /** Whether a document would be kept now. */
  boolean accepts(int id, int score) {
    return size < limit || rank(id, score) > heap[0];
  }

  /** The score that a document must have at least to be kept. */
  int floor() {
    return size < limit ? 0 : (int) (heap[0] >>> 32);
  }

  /** The least score that {@code percent} hundredths of the best one allow; 0 without any. */
  int cut(int percent) {
    return (int) ((50 + (long) best * percent) / 100);
  }

  /** Keeps a document that is {@link #accepts accepted}. */
  void add(int id, int score) {
    long rank = rank(id, score);
    best = Math.max(best, score);
    if (size == limit) {
      sink(rank, size);
      return;
    }
    if (size == heap.length) {
      heap = java.util.Arrays.copyOf(heap, 2 * size);
    }
    int at = size++;
    while (at > 0 && heap[(at - 1) >> 1] > rank) {
      heap[at] = heap[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    heap[at] = rank;
  }

  /** Puts this in the root's place, in a heap of {@code count}. */
  private void sink(long rank, int count) {
    int at = 0;
    for (int child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= rank) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = rank;
  }

  /** The hits, without those below {@code scorePercent} of the best. Empties this. */
  Hits take(int scorePercent) {
    int count = size;
    for (int last = count - 1; last > 0; last--) {
      long worst = heap[0];
      sink(heap[last], last);
      heap[last] = worst;
    }
    // Now the best is in front.
    int kept = 0;
    if (count > 0) {
      int floor = cut(scorePercent);
      while (kept < count && heap[kept] >>> 32 >= floor) {
        kept++;
      }
    }
    int[] ids = new int[kept];
    int[] scores = new int[kept];
    for (int i = 0; i < kept; i++) {
      ids[i] = ~(int) heap[i];
      scores[i] = (int) (heap[i] >>> 32);
    }
    size = 0;
    return Hits.of(ids, scores);
  }
}
