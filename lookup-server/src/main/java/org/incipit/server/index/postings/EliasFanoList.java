package org.incipit.server.index.postings;

import java.lang.foreign.MemorySegment;

/** Reads some of a block's numbers: those of one list, or of some of its documents. */
public final class EliasFanoList {
  /** What {@link #touch} reads, from the beginning of a block on. */
  public static final int TOUCHED_BYTES = 72;

  private EliasFanoList() {}

  /** Reads the beginning of a block, so that it is on its way when {@link #seek} comes to it. */
  public static int touch(MemorySegment bytes, long block) {
    return (int) (EliasFano.longAt(bytes, block) + EliasFano.longAt(bytes, block + 64));
  }

  /** Reads the first low bits that {@link #read} will need. */
  public static int touchLows(MemorySegment bytes, long block, long place, int count, long least) {
    if (place < 0) {
      return 0;
    }
    int lowBits = EliasFano.lowBits(bytes, block);
    int i = Math.min((int) (place - (least >>> lowBits)), count);
    return (int) EliasFano.longAt(bytes, EliasFano.lows(bytes, block) + ((i * lowBits) >>> 3));
  }

  /**
   * Finds the first number of the block that may be {@code least} or more: its bit in the highs.
   */
  public static long seek(MemorySegment bytes, long block, long least) {
    return EliasFano.seek(bytes, block, least >>> EliasFano.lowBits(bytes, block));
  }

  /**
   * Reads the numbers {@code least..most} of a block, unsigned.
   *
   * @param place what {@link #seek} found for {@code least}
   * @param count numbers in the block
   * @param shift added to each number, of whose sum the low 32 bits are kept
   * @param into receives them from {@code at} on, until it is full
   * @return where they end
   */
  public static int read(
      MemorySegment bytes,
      long block,
      long place,
      int count,
      long least,
      long most,
      int shift,
      int[] into,
      int at) {
    if (place < 0) {
      return at;
    }
    int lowBits = EliasFano.lowBits(bytes, block);
    long lows = EliasFano.lows(bytes, block);
    long mask = (1L << lowBits) - 1;
    long highs = block + EliasFano.HEAD_BYTES;
    int i = (int) (place - (least >>> lowBits));
    int filled = at;
    int bits = (int) place & -64;
    long before = (1L << place) - 1;
    for (; i < count && highs + (bits >>> 3) < lows; bits += 64) {
      long word = EliasFano.longAt(bytes, highs + (bits >>> 3)) & ~before;
      before = 0;
      for (; word != 0 && i < count; word &= word - 1) {
        long high = (long) bits + Long.numberOfTrailingZeros(word) - i;
        int bit = i * lowBits;
        long low = EliasFano.longAt(bytes, lows + (bit >>> 3)) >>> (bit & 7) & mask;
        long number = high << lowBits | low;
        if (Long.compareUnsigned(number, most) > 0) {
          return filled;
        }
        if (Long.compareUnsigned(number, least) >= 0) {
          if (filled == into.length) {
            return filled;
          }
          into[filled++] = (int) number + shift;
        }
        i++;
      }
    }
    return filled;
  }

  /**
   * The first number of a block in {@code least..most}, or -1.
   *
   * @param place what {@link #seek} found for {@code least}
   */
  public static long find(
      MemorySegment bytes, long block, long place, int count, long least, long most) {
    if (place < 0) {
      return -1;
    }
    int lowBits = EliasFano.lowBits(bytes, block);
    long lows = EliasFano.lows(bytes, block);
    long highs = block + EliasFano.HEAD_BYTES;
    int i = (int) (place - (least >>> lowBits));
    for (int bit = (int) place; i < count && highs + (bit >>> 3) < lows; bit++) {
      if ((EliasFano.longAt(bytes, highs + (bit >>> 3)) >>> (bit & 7) & 1) != 0) {
        int lowBit = i * lowBits;
        long low = EliasFano.longAt(bytes, lows + (lowBit >>> 3)) >>> (lowBit & 7);
        long number = (long) (bit - i) << lowBits | (low & (1L << lowBits) - 1);
        if (Long.compareUnsigned(number, least) >= 0) {
          return Long.compareUnsigned(number, most) <= 0 ? number : -1;
        }
        i++;
      }
    }
    return -1;
  }
}
