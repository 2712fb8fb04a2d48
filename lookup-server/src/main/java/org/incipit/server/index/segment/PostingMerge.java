package org.incipit.server.index.segment;

import java.util.List;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;

/**
 * The postings of neighbouring parts in one order, without those of void documents. Goes in steps:
 * from each part all postings up to the least of the last ones at hand. Of each part as large a
 * share of its postings is at hand, so that steps are some ten thousand, which are merged in the
 * processor's cache: two by two, or, if that were many rounds, by sorting.
 */
final class PostingMerge {
  /** About as many postings are at hand. */
  private static final int STEP = 1 << 15;

  /** With so many parts or more a sort, always up to three rounds, is faster. */
  private static final int SORTED_PARTS = 6;

  private static final int LEAST_CHUNK = 2 * EliasFano.BLOCK;

  private final PostingCursor[] cursors;
  private final IdSet[] superseded;
  private final boolean sorts;
  private final long[][] chunks;
  private final int[] at;
  private final int[] end;
  private final int[] bounds;
  private long[] work;
  private long[] other;

  PostingMerge(List<? extends Part> parts, IdSet[] superseded) {
    int count = parts.size();
    this.superseded = superseded;
    // One behind the other, the postings of equal hashes are in the order of their ids then.
    sorts = count >= SORTED_PARTS && DocumentMerge.areInOrder(parts);
    cursors = new PostingCursor[count];
    chunks = new long[count][];
    at = new int[count];
    end = new int[count];
    bounds = new int[count + 1];
    double all = 1;
    for (Part part : parts) {
      all += part.postings();
    }
    int room = 0;
    for (int i = 0; i < count; i++) {
      Part part = parts.get(i);
      cursors[i] = part.cursor();
      long share = LEAST_CHUNK + (long) (STEP * (part.postings() / all));
      chunks[i] = new long[(int) Math.min(share, part.postings() + EliasFano.BLOCK)];
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
    if (sorts) {
      return PostingSort.sort(work, taken, other);
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
      int left = end[i] - at[i];
      if (2 * left <= chunks[i].length) {
        System.arraycopy(chunks[i], at[i], chunks[i], 0, left);
        at[i] = 0;
        end[i] = left + cursors[i].read(chunks[i], left, chunks[i].length - left);
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
