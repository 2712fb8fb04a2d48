package org.incipit.fingerprint.match;

import org.incipit.fingerprint.Fingerprint;

/**
 * The 32-bit hash of a whole fingerprint that Chromaprint calls the fingerprint hash: each bit is
 * what more than half of the sub-fingerprints have there. Similar fingerprints have hashes that
 * differ in few bits; hashes that differ in few bits may also come from unrelated fingerprints.
 */
public final class SimHash {
  private SimHash() {}

  /** The hash of a fingerprint, an unsigned number; 0 for an empty one. */
  public static int of(Fingerprint fingerprint) {
    int[] items = fingerprint.toArray();
    return of(items, 0, items.length);
  }

  /**
   * The hash of {@code items[from..to)}.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static int of(int[] items, int from, int to) {
    if (from < 0 || from > to || to > items.length) {
      throw new IndexOutOfBoundsException(
          "range " + from + ".." + to + " of " + items.length + " items");
    }
    int[] votes = new int[Integer.SIZE];
    for (int i = from; i < to; i++) {
      int item = items[i];
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        votes[bit] += (item >>> bit) & 1;
      }
    }
    int half = (to - from) / 2;
    int hash = 0;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if (votes[bit] > half) {
        hash |= 1 << bit;
      }
    }
    return hash;
  }

  /** In how many of their bits two hashes differ, 0..32. */
  public static int distance(int a, int b) {
    return Integer.bitCount(a ^ b);
  }
}
