package org.incipit.fingerprint.match;

import java.util.Optional;
import org.incipit.fingerprint.Fingerprint;

/**
 * Two fingerprints laid side by side: {@code length} pairs, from item {@code startA} of the first
 * and {@code startB} of the second, one of which is 0.
 */
record Alignment(int startA, int startB, int length) {
  /** Sub-fingerprints count as equal here if their upper bits are. */
  private static final int HASH_BITS = 12;

  private static final int HASHES = 1 << HASH_BITS;

  /**
   * The alignment under which most sub-fingerprints are equal; among several the one that starts
   * latest in {@code a}. None if no alignment has two equal pairs.
   *
   * <p>Time and memory grow with the sizes, time also with the number of pairs that are equal under
   * any alignment: for two recordings of the same unchanging sound that is the product of the
   * sizes.
   */
  static Optional<Alignment> best(Fingerprint a, Fingerprint b) {
    int[] starts = new int[HASHES + 1];
    int[] positions = positionsByHash(b, starts);
    // Offset of a against b, plus the size of b → how many pairs are equal. Entry 0 stays 0.
    int[] equal = new int[a.size() + b.size() + 1];
    for (int i = 0; i < a.size(); i++) {
      int hash = hash(a.at(i));
      int origin = i + b.size();
      for (int k = starts[hash]; k < starts[hash + 1]; k++) {
        equal[origin - positions[k]]++;
      }
    }
    int best = 0;
    for (int i = 1; i < equal.length; i++) {
      if (equal[i] >= equal[best]) {
        best = i;
      }
    }
    if (equal[best] < 2) {
      return Optional.empty();
    }
    int offset = best - b.size();
    int startA = Math.max(offset, 0);
    int startB = Math.max(-offset, 0);
    int length = Math.min(a.size() - startA, b.size() - startB);
    return Optional.of(new Alignment(startA, startB, length));
  }

  /**
   * A counting sort: the positions of hash {@code h} end up at {@code starts[h]..starts[h + 1]} of
   * the result.
   *
   * @param starts filled here; one entry more than there are hashes, all 0
   */
  private static int[] positionsByHash(Fingerprint fingerprint, int[] starts) {
    int[] next = new int[HASHES + 1];
    for (int i = 0; i < fingerprint.size(); i++) {
      next[hash(fingerprint.at(i)) + 1]++;
    }
    for (int hash = 0; hash < HASHES; hash++) {
      next[hash + 1] += next[hash];
    }
    System.arraycopy(next, 0, starts, 0, next.length);
    int[] positions = new int[fingerprint.size()];
    for (int i = 0; i < fingerprint.size(); i++) {
      positions[next[hash(fingerprint.at(i))]++] = i;
    }
    return positions;
  }

  private static int hash(int item) {
    return item >>> (Integer.SIZE - HASH_BITS);
  }
}
