package org.incipit.server.index.search;

import java.util.Arrays;

/**
 * Counts how often each id occurs. Two passes: the first counts by a few bits of the id, which
 * tells for most of them that they cannot be frequent enough; the second counts the others exactly.
 * One search at a time.
 */
final class Tally {
  private static final int MAX_FILTER_BITS = 16;
  private static final int GOLDEN = 0x9E3779B1;

  private final byte[] filter = new byte[1 << MAX_FILTER_BITS];
  private final int[] ids;
  private final int[] counts;
  private int shift;

  /** For at most {@code capacity} ids. */
  Tally(int capacity) {
    int slots = Math.max(16, 2 * Integer.highestOneBit(2 * capacity - 1));
    ids = new int[slots];
    counts = new int[slots];
  }

  /**
   * Counts {@code found[0..count)}, which is changed. Then {@link #id} and {@link #count} tell of
   * {@link #slots} slots; those with count 0 are empty.
   *
   * @param floor of ids that occur less often than this, nothing needs to be known
   */
  void count(int[] found, int count, int floor) {
    int kept = floor > 1 ? filter(found, count, floor) : count;
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(kept - 1, 0)));
    shift = 32 - bits;
    Arrays.fill(counts, 0, 1 << bits, 0);
    int mask = (1 << bits) - 1;
    for (int i = 0; i < kept; i++) {
      int id = found[i];
      int slot = (id * GOLDEN) >>> shift;
      while (counts[slot] != 0 && ids[slot] != id) {
        slot = slot + 1 & mask;
      }
      ids[slot] = id;
      counts[slot]++;
    }
  }

  /** Moves to the front those that may occur {@code floor} times; how many they are. */
  private int filter(int[] found, int count, int floor) {
    int bits = Math.clamp(34 - Integer.numberOfLeadingZeros(count), 6, MAX_FILTER_BITS);
    int filterShift = 32 - bits;
    Arrays.fill(filter, 0, 1 << bits, (byte) 0);
    for (int i = 0; i < count; i++) {
      int slot = (found[i] * GOLDEN) >>> filterShift;
      int seen = filter[slot];
      filter[slot] = (byte) (seen + 1 - ((seen + 1) >>> 7));
    }
    int least = Math.min(floor, Byte.MAX_VALUE);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int id = found[i];
      found[kept] = id;
      kept += filter[(id * GOLDEN) >>> filterShift] >= least ? 1 : 0;
    }
    return kept;
  }

  int slots() {
    return 1 << (32 - shift);
  }

  int id(int slot) {
    return ids[slot];
  }

  int count(int slot) {
    return counts[slot];
  }
}
