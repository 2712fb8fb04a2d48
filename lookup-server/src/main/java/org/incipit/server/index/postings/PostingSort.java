package org.incipit.server.index.postings;

import java.util.Arrays;

/** Sorts the postings of a batch. */
public final class PostingSort {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;
  private static final int DIGIT_MASK = DIGITS - 1;
  private static final int PASSES = 3;

  /** Fewer are sorted by comparing: counting digits costs as much as sorting so many. */
  private static final int FEW = 1 << 10;

  private PostingSort() {}

  /**
   * Sorts by hash {@code postings[0..count)}, in which those of equal hashes are in the order of
   * their ids (unsigned), and drops repeated ones. Radix sort keeps that order, so ids need no pass
   * of their own.
   *
   * @param scratch at least as long; its content is lost
   * @return how many are left, at the beginning of {@code postings}
   */
  public static int sort(long[] postings, int count, long[] scratch) {
    if (count < FEW) {
      return sortFew(postings, count);
    }
    int[] starts = new int[PASSES * DIGITS];
    for (int i = 0; i < count; i++) {
      int hash = Posting.hash(postings[i]);
      starts[hash & DIGIT_MASK]++;
      starts[DIGITS + (hash >>> DIGIT_BITS & DIGIT_MASK)]++;
      starts[2 * DIGITS + (hash >>> (2 * DIGIT_BITS))]++;
    }
    long[] from = postings;
    long[] to = scratch;
    for (int pass = 0; pass < PASSES; pass++) {
      if (toStarts(starts, pass * DIGITS, count)) {
        distribute(from, to, count, 32 + pass * DIGIT_BITS, starts, pass * DIGITS);
        long[] other = from;
        from = to;
        to = other;
      }
    }
    return unique(from, count, postings);
  }

  private static int sortFew(long[] postings, int count) {
    // Unsigned order is the signed order of numbers whose first bit is turned.
    for (int i = 0; i < count; i++) {
      postings[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(postings, 0, count);
    for (int i = 0; i < count; i++) {
      postings[i] ^= Long.MIN_VALUE;
    }
    return unique(postings, count, postings);
  }

  /** Turns counts into where each digit begins; false if all have the same one. */
  private static boolean toStarts(int[] counts, int offset, int total) {
    int sum = 0;
    for (int i = offset; i < offset + DIGITS; i++) {
      int count = counts[i];
      if (count == total) {
        return false;
      }
      counts[i] = sum;
      sum += count;
    }
    return true;
  }

  private static void distribute(
      long[] from, long[] to, int count, int shift, int[] starts, int offset) {
    for (int i = 0; i < count; i++) {
      long posting = from[i];
      to[starts[offset + ((int) (posting >>> shift) & DIGIT_MASK)]++] = posting;
    }
  }

  private static int unique(long[] from, int count, long[] to) {
    if (count == 0) {
      return 0;
    }
    long last = from[0];
    to[0] = last;
    int kept = 1;
    for (int i = 1; i < count; i++) {
      if (from[i] != last) {
        last = from[i];
        to[kept++] = last;
      }
    }
    return kept;
  }
}
