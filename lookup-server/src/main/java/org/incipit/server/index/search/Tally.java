package org.incipit.server.index.search;

import java.util.Arrays;

/**
 * Counts how often each id occurs. One count at a time, in one of two ways.
 *
 * <p>A few ids from anywhere: a first pass counts by a few bits of the id, which tells for most of
 * them that they cannot be frequent enough; a second one counts the others in a hash table. Any
 * number of ids from a range: each has a counter of its own.
 */
final class Tally {
  private static final int MAX_FILTER_BITS = 16;
  private static final int GOLDEN = 0x9E3779B1;

  private final byte[] filter = new byte[1 << MAX_FILTER_BITS];

  /** Pairs of an id and its count; or counts of the ids from {@code first} on. */
  private final int[] table;

  private int slots;
  private boolean paired;
  private int first;

  /** For at most {@code capacity} ids from anywhere. */
  Tally(int capacity) {
    table = new int[2 * Math.max(16, 2 * Integer.highestOneBit(2 * capacity - 1))];
  }

  /**
   * Counts {@code found[0..count)}, which is changed.
   *
   * @param floor of ids that occur less often than this, nothing needs to be known
   */
  void count(int[] found, int count, int floor) {
    int kept = floor > 1 ? filter(found, count, floor) : count;
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(kept - 1, 0)));
    int shift = 32 - bits;
    paired = true;
    slots = 1 << bits;
    Arrays.fill(table, 0, 2 * slots, 0);
    int mask = 2 * slots - 1;
    for (int i = 0; i < kept; i++) {
      int id = found[i];
      int at = (id * GOLDEN) >>> shift << 1;
      while (table[at + 1] != 0 && table[at] != id) {
        at = at + 2 & mask;
      }
      table[at] = id;
      table[at + 1]++;
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

  /** The widest range of ids that can have counters of their own. */
  int width() {
    return table.length;
  }

  /** Begins to count ids of a range, with {@link #add}. */
  void range(int from, int width) {
    paired = false;
    first = from;
    slots = width;
    Arrays.fill(table, 0, width, 0);
  }

  /** Counts {@code found[0..count)}, all in the range. */
  void add(int[] found, int count) {
    for (int i = 0; i < count; i++) {
      table[found[i] - first]++;
    }
  }

  /**
   * The first slot from {@code slot} on whose id occurs {@code floor} times, from 1 on, or more
   * often; -1 if there is none.
   */
  int next(int slot, int floor) {
    int pair = paired ? 1 : 0;
    for (int i = slot; i < slots; i++) {
      if (table[(i << pair) + pair] >= floor) {
        return i;
      }
    }
    return -1;
  }

  int id(int slot) {
    return paired ? table[2 * slot] : first + slot;
  }

  int count(int slot) {
    return table[paired ? 2 * slot + 1 : slot];
  }
}
