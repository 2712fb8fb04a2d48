package org.incipit.fingerprint.match;

import java.util.Arrays;
import org.incipit.fingerprint.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The score by which AcoustID tells whether two fingerprints are the same recording, computed as by
 * its {@code acoustid_compare2}: 1 for identical ones, 0 when half the bits differ or nothing
 * aligns. AcoustID answers a lookup with scores above 0.4, takes two submissions for one track
 * above 0.75 and stores only one of them above 0.9; 5, 12.5 and 30 % of wrong bits score 0.9, 0.75
 * and 0.4. That is its usual {@linkplain ScoreSlope slope}.
 *
 * <p>To compare one fingerprint with many, keep an instance and give that one first each time: what
 * concerns it alone is then done once. An instance allocates only when a fingerprint is longer than
 * any before. It is not thread-safe.
 *
 * <p>Three things look accidental in the original and are kept: for the alignment the first item of
 * either fingerprint counts only if its key occurs again later; the key of all ones never counts;
 * sizes are rounded down to even ones, so that two fingerprints of one item score 0. One is not: a
 * byte of a reused buffer that the original does not clear can make it count one key too many when
 * it judges the variety of a fingerprint.
 */
public final class FingerprintComparison {
  /** How far apart the beginnings may be unless told otherwise, in items: 9.9 seconds. */
  public static final int DEFAULT_MAX_OFFSET = 80;

  private static final int KEY_BITS = 14;
  private static final int KEYS = 1 << KEY_BITS;
  private static final int NEVER_ALIGNED = KEYS - 1;

  /** Alignments with fewer common keys than one in so many are chance. */
  private static final int MIN_COMMON = 50;

  /** Key → last position in one fingerprint, or 0 (also for position 0 itself); else all 0. */
  private final int[] last = new int[KEYS];

  /** What the votes below need of {@code a}: its different keys by last position, ascending. */
  private int[] keys = new int[0];

  private int[] positions = new int[0];
  private int uniqueKeys;

  /** The fingerprint that {@link #keys} belong to, if it came as one. */
  private @Nullable Fingerprint prepared;

  /** Offset, from the most negative on → how many keys agree on it. */
  private int[] votes = new int[0];

  /** Likewise, the highest of those keys; only if that decides. */
  private int[] highestKey = new int[0];

  private int[] itemsOfA = new int[0];
  private int[] itemsOfB = new int[0];

  private final double bitsForNothing;

  /** Makes tables of 66 kB, for {@link ScoreSlope#COMPARE2}. */
  public FingerprintComparison() {
    this(ScoreSlope.COMPARE2);
  }

  /** Makes tables of 66 kB. */
  public FingerprintComparison(ScoreSlope slope) {
    bitsForNothing = slope.bitsForNothing();
  }

  /** The score of two fingerprints on tables made for this call; for many, use an instance. */
  public static float score(Fingerprint a, Fingerprint b) {
    return new FingerprintComparison().compare(a, b);
  }

  /** {@link #compare(Fingerprint, Fingerprint, int)} within {@value #DEFAULT_MAX_OFFSET} items. */
  public float compare(Fingerprint a, Fingerprint b) {
    return compare(a, b, DEFAULT_MAX_OFFSET);
  }

  /**
   * The score 0..1 of two fingerprints.
   *
   * @param maxOffset how many items apart their beginnings may be; 0 for no limit
   * @throws IllegalArgumentException if {@code maxOffset} is negative or the algorithms differ
   */
  public float compare(Fingerprint a, Fingerprint b, int maxOffset) {
    FingerprintMatcher.requireComparable(a, b);
    if (prepared == null || !prepared.equals(a)) {
      prepared = null;
      itemsOfA = withRoomFor(a.size(), itemsOfA);
      a.copyTo(0, a.size(), itemsOfA, 0);
      prepare(itemsOfA, a.size());
      prepared = a;
    }
    itemsOfB = withRoomFor(b.size(), itemsOfB);
    b.copyTo(0, b.size(), itemsOfB, 0);
    return score(itemsOfA, a.size(), itemsOfB, b.size(), reach(maxOffset, a.size(), b.size()));
  }

  /** {@link #compare(Fingerprint, Fingerprint)} for the items of two fingerprints. */
  public float compare(int[] a, int[] b) {
    return compare(a, a.length, b, b.length, DEFAULT_MAX_OFFSET);
  }

  /** {@link #compare(Fingerprint, Fingerprint, int)} for the items of two fingerprints. */
  public float compare(int[] a, int[] b, int maxOffset) {
    return compare(a, a.length, b, b.length, maxOffset);
  }

  /**
   * {@link #compare(Fingerprint, Fingerprint, int)} for the first {@code sizeA} and {@code sizeB}
   * items of two arrays.
   *
   * @throws IllegalArgumentException if {@code maxOffset} is negative
   * @throws IndexOutOfBoundsException if a size is not within its array
   */
  public float compare(int[] a, int sizeA, int[] b, int sizeB, int maxOffset) {
    if (sizeA < 0 || sizeA > a.length || sizeB < 0 || sizeB > b.length) {
      throw new IndexOutOfBoundsException(
          "sizes " + sizeA + " of " + a.length + " and " + sizeB + " of " + b.length + " items");
    }
    int reach = reach(maxOffset, sizeA, sizeB);
    prepared = null;
    prepare(a, sizeA);
    return score(a, sizeA, b, sizeB, reach);
  }

  private static int reach(int maxOffset, int sizeA, int sizeB) {
    if (maxOffset < 0) {
      throw new IllegalArgumentException("maxOffset must not be negative (got " + maxOffset + ")");
    }
    int longest = Math.max(sizeA, sizeB);
    return maxOffset == 0 ? longest : Math.min(maxOffset, longest);
  }

  /** Sets {@link #keys}, {@link #positions} and {@link #uniqueKeys}. */
  private void prepare(int[] a, int size) {
    keys = withRoomFor(size, keys);
    positions = withRoomFor(size, positions);
    remember(a, size);
    int unique = 0;
    for (int i = 0; i < size; i++) {
      keys[unique] = key(a[i]);
      positions[unique] = i;
      unique += last[key(a[i])] == i ? 1 : 0;
    }
    uniqueKeys = unique;
    forget(a, size);
  }

  private float score(int[] a, int sizeA, int[] b, int sizeB, int reach) {
    int offsets = 2 * reach + 1;
    votes = withRoomFor(offsets, votes);
    highestKey = withRoomFor(offsets, highestKey);
    remember(b, sizeB);
    vote(reach);
    int best = bestOffset(reach);
    int common = votes[best + reach];
    int startA = Math.max(best, 0);
    int startB = Math.max(-best, 0);
    int uniqueA = uniqueA(startA);
    int uniqueB = uniqueB(b, startB, sizeB);
    forget(b, sizeB);
    int overlap = Math.min(sizeA - startA, sizeB - startB) & ~1;
    if (common == 0 || overlap == 0 || (long) common * MIN_COMMON < Math.max(uniqueA, uniqueB)) {
      return 0;
    }
    long errors = 0;
    for (int i = 0; i < overlap; i++) {
      errors += Integer.bitCount(a[startA + i] ^ b[startB + i]);
    }
    int shorter = Math.min(sizeA, sizeB) & ~1;
    double score =
        (double) overlap / shorter * Math.max(0, 1 - errors / (bitsForNothing * overlap));
    double variety = Math.min(variety(uniqueA, sizeA - startA), variety(uniqueB, sizeB - startB));
    // StrictMath: a score is the same number on every machine.
    return (float) (variety < 1 ? StrictMath.pow(score, 8 - 7 * variety) : score);
  }

  /**
   * Counts for each offset up to {@code reach} the keys whose last positions are that far apart.
   */
  private void vote(int reach) {
    Arrays.fill(votes, 0, 2 * reach + 1, 0);
    for (int k = 0; k < uniqueKeys; k++) {
      int slot = slot(k, reach);
      if (slot >= 0) {
        votes[slot]++;
      }
    }
  }

  /** What the {@code k}-th key of {@code a} votes for: the offset + {@code reach}, or -1. */
  private int slot(int k, int reach) {
    int i = positions[k];
    int j = last[keys[k]];
    int slot = i - j + reach;
    boolean counts = i > 0 && j > 0 && keys[k] != NEVER_ALIGNED && slot >= 0 && slot <= 2 * reach;
    return counts ? slot : -1;
  }

  private int bestOffset(int reach) {
    int best = 0;
    boolean tied = false;
    for (int slot = 1; slot <= 2 * reach; slot++) {
      if (votes[slot] > votes[best]) {
        best = slot;
        tied = false;
      } else if (votes[slot] == votes[best]) {
        tied = true;
      }
    }
    return tied && votes[best] > 0 ? firstToReach(votes[best], reach) : best - reach;
  }

  /**
   * Of the offsets with so many votes the one that the original takes: it counts keys upwards and
   * stays with the first to have them all, which is the one whose highest key is the lowest.
   */
  private int firstToReach(int most, int reach) {
    Arrays.fill(highestKey, 0, 2 * reach + 1, 0);
    for (int k = 0; k < uniqueKeys; k++) {
      int slot = slot(k, reach);
      if (slot >= 0) {
        highestKey[slot] = Math.max(highestKey[slot], keys[k]);
      }
    }
    int first = -1;
    for (int slot = 0; slot <= 2 * reach; slot++) {
      if (votes[slot] == most && (first < 0 || highestKey[slot] < highestKey[first])) {
        first = slot;
      }
    }
    return first - reach;
  }

  /**
   * How many keys occur in {@code a} from {@code from} on: those that have their last place there.
   */
  private int uniqueA(int from) {
    int before = 0;
    while (before < uniqueKeys && positions[before] < from) {
      before++;
    }
    return uniqueKeys - before;
  }

  private int uniqueB(int[] b, int from, int size) {
    int unique = 0;
    for (int i = from; i < size; i++) {
      unique += last[key(b[i])] == i ? 1 : 0;
    }
    return unique;
  }

  private void remember(int[] items, int size) {
    for (int i = 0; i < size; i++) {
      last[key(items[i])] = i;
    }
  }

  private void forget(int[] items, int size) {
    for (int i = 0; i < size; i++) {
      last[key(items[i])] = 0;
    }
  }

  /**
   * Below 1 for fingerprints that repeat themselves, as do those of silence and of steady tones.
   */
  private static double variety(int uniqueKeys, int size) {
    return Math.min(1, (uniqueKeys + 10.0) / size + 0.5);
  }

  private static int key(int item) {
    return item >>> (Integer.SIZE - KEY_BITS);
  }

  private static int[] withRoomFor(int size, int[] items) {
    return items.length < size ? new int[size] : items;
  }
}
