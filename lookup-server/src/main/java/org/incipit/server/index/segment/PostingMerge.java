package org.incipit.server.index.segment;

import java.util.List;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.Posting;

/**
 * The postings of neighbouring parts in one order, without those of void documents. Goes in steps:
 * from each part all postings up to the least of the last ones at hand; these few thousand are
 * merged two by two in the processor's cache.
 */
final class PostingMerge {
  private static final int CHUNK = 4096;

  private final PostingCursor[] cursors;
  private final IdSet[] superseded;
  private final long[][] chunks;
  private final int[] at;
  private final int[] end;
  private final int[] bounds;
  private long[] work;
  private long[] other;

  PostingMerge(List<? extends Part> parts, IdSet[] superseded) {
    int count = parts.size();
    this.superseded = superseded;
    cursors = new PostingCursor[count];
    chunks = new long[count][];
    at = new int[count];
    end = new int[count];
    bounds = new int[count + 1];
    int room = 0;
    for (int i = 0; i < count; i++) {
      cursors[i] = parts.get(i).cursor();
      chunks[i] = new long[(int) Math.min(CHUNK, parts.get(i).postings() + EliasFano.BLOCK)];
      room += chunks[i].length;
    }
    work = new long[room];
    other = new long[room];
  }

  /** Prepares the next postings; their number, 0 at the end. */
  int next() {
    int taken = 0;
    while (taken == 0) {
      if (!refill()) {
        return 0;
      }
      taken = take();
    }
    merge();
    return taken;
  }

  /** The postings that {@link #next} prepared, from place 0 on; valid until it is called again. */
  long[] merged() {
    return work;
  }

  private boolean refill() {
    boolean some = false;
    for (int i = 0; i < cursors.length; i++) {
      if (at[i] == end[i]) {
        at[i] = 0;
        end[i] = cursors[i].read(chunks[i], 0, chunks[i].length);
      }
      some |= end[i] > 0;
    }
    return some;
  }

  /** Copies from each part what can be merged now, one slice behind the other. */
  private int take() {
    long last = -1;
    for (int i = 0; i < cursors.length; i++) {
      if (at[i] < end[i] && Long.compareUnsigned(chunks[i][end[i] - 1], last) < 0) {
        last = chunks[i][end[i] - 1];
      }
    }
    int taken = 0;
    for (int i = 0; i < cursors.length; i++) {
      bounds[i] = taken;
      int to = firstAfter(chunks[i], last, at[i], end[i]);
      taken = copy(i, to, taken);
      at[i] = to;
    }
    bounds[cursors.length] = taken;
    return taken;
  }

  private int copy(int part, int to, int into) {
    int from = at[part];
    if (superseded[part].isEmpty()) {
      System.arraycopy(chunks[part], from, work, into, to - from);
      return into + to - from;
    }
    int filled = into;
    for (int i = from; i < to; i++) {
      long posting = chunks[part][i];
      if (!superseded[part].contains(Posting.id(posting))) {
        work[filled++] = posting;
      }
    }
    return filled;
  }

  private static int firstAfter(long[] sorted, long posting, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted[middle], posting) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Merges neighbouring slices until one is left. */
  private void merge() {
    for (int slices = cursors.length; slices > 1; slices = (slices + 1) >>> 1) {
      for (int i = 0; i < slices; i += 2) {
        int middle = bounds[Math.min(i + 1, slices)];
        int to = bounds[Math.min(i + 2, slices)];
        merge(work, bounds[i], middle, to, other);
        bounds[i >>> 1] = bounds[i];
      }
      bounds[(slices + 1) >>> 1] = bounds[slices];
      long[] swapped = work;
      work = other;
      other = swapped;
    }
  }

  /**
   * Merges two slices. Which one is next is as good as random, so nothing may depend on predicting
   * it: the borrow of the difference decides, without a branch. The smaller half of the result is
   * made from the front and the greater one from the back, two chains that do not wait for each
   * other; what one of them leaves goes in between.
   */
  private static void merge(long[] from, int begin, int middle, int to, long[] into) {
    int left = begin;
    int right = middle;
    int lastLeft = middle - 1;
    int lastRight = to - 1;
    int filled = begin;
    int end = to - 1;
    while (left < lastLeft && right < lastRight) {
      long first = from[left];
      long second = from[right];
      int isFirst = less(first, second);
      into[filled++] = second ^ ((first ^ second) & -isFirst);
      left += isFirst;
      right += 1 - isFirst;
      long third = from[lastLeft];
      long fourth = from[lastRight];
      int isFourth = less(third, fourth);
      into[end--] = third ^ ((third ^ fourth) & -isFourth);
      lastRight -= isFourth;
      lastLeft -= 1 - isFourth;
    }
    while (left <= lastLeft && right <= lastRight) {
      int isFirst = less(from[left], from[right]);
      into[filled++] = isFirst == 1 ? from[left++] : from[right++];
    }
    System.arraycopy(from, left, into, filled, lastLeft + 1 - left);
    System.arraycopy(from, right, into, filled + lastLeft + 1 - left, lastRight + 1 - right);
  }

  /** 1 if the first number is less, unsigned, otherwise 0. */
  private static int less(long first, long second) {
    return (int) (((~first & second) | ((~first | second) & (first - second))) >>> 63);
  }
}
