package org.incipit.fingerprint.match;

import org.incipit.fingerprint.Fingerprint;

/**
 * Counts the pairs of equal sub-fingerprints, one of each of two fingerprints, by how far apart
 * they are.
 *
 * <p>Pairs are counted one by one; but of a hash that is so frequent in both fingerprints that this
 * would take longer, as in those of an unchanging sound, all at once: its positions in both are
 * correlated by {@link NumberTheoreticTransform}.
 */
final class EqualPairs {
  /** Sub-fingerprints count as equal here if their upper bits are. */
  private static final int HASH_BITS = 12;

  private static final int HASHES = 1 << HASH_BITS;

  /** So many pairs are counted in the time of one butterfly of a transform. */
  private static final int PAIRS_PER_BUTTERFLY = 2;

  private final Fingerprint a;
  private final Fingerprint b;

  /** Offset of a against b, plus the size of b → how many pairs are equal. Entry 0 stays 0. */
  private final int[] counts;

  /** The positions in b, those of one hash after those of another. */
  private final int[] positions;

  /** Hash → where its positions begin. */
  private final int[] starts = new int[HASHES + 1];

  /** Hash → where its positions end; where they begin, if they are counted already. */
  private final int[] ends = new int[HASHES];

  /** How many positions the most frequent hash has in b. */
  private int mostInB;

  private EqualPairs(Fingerprint a, Fingerprint b) {
    this.a = a;
    this.b = b;
    counts = new int[a.size() + b.size() + 1];
    positions = new int[b.size()];
  }

  /**
   * How many pairs are equal under each offset {@code startA - startB}, at the offset plus the size
   * of {@code b}; one entry more than both have items, of which the first and the last are 0.
   *
   * <p>With n items in both together, time is at most that of O(n^1.5 log n) and memory O(n): two
   * fingerprints of 524 286 items take seconds at worst.
   */
  static int[] byOffset(Fingerprint a, Fingerprint b) {
    EqualPairs pairs = new EqualPairs(a, b);
    pairs.sortPositions();
    pairs.countFrequent();
    pairs.countOthers();
    return pairs.counts;
  }

  private void sortPositions() {
    for (int i = 0; i < b.size(); i++) {
      starts[hash(b.at(i)) + 1]++;
    }
    int start = 0;
    int most = 0;
    for (int hash = 1; hash <= HASHES; hash++) {
      int count = starts[hash];
      most = Math.max(most, count);
      start += count;
      starts[hash] = start;
    }
    mostInB = most;
    System.arraycopy(starts, 0, ends, 0, HASHES);
    for (int i = 0; i < b.size(); i++) {
      positions[ends[hash(b.at(i))]++] = i;
    }
  }

  private void countOthers() {
    for (int i = 0; i < a.size(); i++) {
      int hash = hash(a.at(i));
      int origin = i + b.size();
      for (int k = starts[hash]; k < ends[hash]; k++) {
        counts[origin - positions[k]]++;
      }
    }
  }

  private void countFrequent() {
    int log = Integer.SIZE - Integer.numberOfLeadingZeros(a.size() + b.size());
    // Two transforms, each of half as many butterflies.
    long limit = ((long) PAIRS_PER_BUTTERFLY * log) << log;
    if ((long) a.size() * mostInB <= limit) {
      return;
    }
    int[] inA = new int[HASHES];
    for (int i = 0; i < a.size(); i++) {
      inA[hash(a.at(i))]++;
    }
    boolean[] frequent = new boolean[HASHES];
    boolean any = false;
    for (int hash = 0; hash < HASHES; hash++) {
      frequent[hash] = (long) inA[hash] * (ends[hash] - starts[hash]) > limit;
      any |= frequent[hash];
    }
    if (any) {
      correlate(frequent, 1 << log);
    }
  }

  /**
   * Counts the pairs of these hashes.
   *
   * @param size of the transforms: at least as many as there are offsets
   */
  private void correlate(boolean[] frequent, int size) {
    NumberTheoreticTransform transform = new NumberTheoreticTransform(size);
    int[] sum = new int[size];
    int[] ofA = new int[size];
    int[] ofB = new int[size];
    for (int hash = 0; hash < HASHES; hash++) {
      if (!frequent[hash]) {
        continue;
      }
      for (int i = 0; i < size; i++) {
        ofB[i] = 0;
        // From the end, as the way back mirrors.
        ofA[-i & (size - 1)] = i < a.size() && hash(a.at(i)) == hash ? 1 : 0;
      }
      for (int k = starts[hash]; k < ends[hash]; k++) {
        ofB[positions[k]] = 1;
      }
      transform.forward(ofA);
      transform.forward(ofB);
      for (int k = 0; k < size; k++) {
        sum[k] = (int) ((sum[k] + (long) ofA[k] * ofB[k]) % NumberTheoreticTransform.PRIME);
      }
      ends[hash] = starts[hash];
    }
    transform.backwardMirrored(sum);
    for (int offset = 1 - b.size(); offset < a.size(); offset++) {
      counts[offset + b.size()] = sum[offset & (size - 1)];
    }
  }

  private static int hash(int item) {
    return item >>> (Integer.SIZE - HASH_BITS);
  }
}
