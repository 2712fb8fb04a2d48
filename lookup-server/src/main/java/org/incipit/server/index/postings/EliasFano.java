package org.incipit.server.index.postings;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Blocks of ascending numbers, Elias-Fano coded; the grammar is in the package's description. A
 * block is never searched as a whole: {@link #seek} finds the place of a number from the high bits
 * alone.
 *
 * <p>Source: P. Elias, Efficient storage and retrieval by content and address of static files,
 * 1974.
 */
public final class EliasFano {
  /** Codes in a full block. */
  public static final int BLOCK = 256;

  /** The longest a block can be, in bytes, with what a reader may touch behind it. */
  public static final int MAX_BYTES = 2 + 255 + BLOCK * 56 / 8 + 8;

  static final int HEAD_BYTES = 2;
  static final int MAX_LOW_BITS = 56;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private EliasFano() {}

  static long longAt(MemorySegment bytes, long offset) {
    return bytes.get(LONG, offset);
  }

  /** l, the number of low bits, of the block at this place. */
  public static int lowBits(MemorySegment bytes, long block) {
    return bytes.get(ValueLayout.JAVA_BYTE, block);
  }

  /**
   * The length in bytes that the first two of a block of {@code count} codes say, or -1 if they are
   * not those of a block. Nobody who trusts it reads more than 8 bytes behind it.
   */
  public static int length(MemorySegment bytes, long block, int count) {
    int lowBits = lowBits(bytes, block);
    return lowBits < 0 || lowBits > MAX_LOW_BITS
        ? -1
        : (int) (lows(bytes, block) - block) + ((count * lowBits + 7) >>> 3);
  }

  /** Where the lows of the block at this place begin. */
  static long lows(MemorySegment bytes, long block) {
    return block + HEAD_BYTES + Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, block + 1));
  }

  /**
   * The number of bits before, and with, the {@code rank}-th 0 in the highs; 0 for rank 0. Number
   * {@code bits - rank} is the first whose high part is at least {@code rank}. -1 if there are not
   * so many zeros, and all numbers are less.
   */
  static int seek(MemorySegment bytes, long block, long rank) {
    long highs = block + HEAD_BYTES;
    int end = Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, block + 1)) << 3;
    long left = rank;
    if (rank == 0) {
      return 0;
    }
    for (int bits = 0; bits < end; bits += 64) {
      long zeros = ~longAt(bytes, highs + (bits >>> 3));
      int count = Long.bitCount(zeros);
      if (count >= left) {
        return bits + select(zeros, (int) left) + 1;
      }
      left -= count;
    }
    return -1;
  }

  /** The place of the {@code rank}-th 1 in a word that has as many; the first has rank 1. */
  static int select(long word, int rank) {
    // Counts of the bytes, then of each byte with all below it.
    long sums = word - (word >>> 1 & 0x5555555555555555L);
    sums = (sums & 0x3333333333333333L) + (sums >>> 2 & 0x3333333333333333L);
    sums = (sums + (sums >>> 4) & 0x0F0F0F0F0F0F0F0FL) * 0x0101010101010101L;
    // One bit for each byte up to which there are fewer than rank.
    long below = (rank - 1L) * 0x0101010101010101L | 0x8080808080808080L;
    long fewer = below - sums & 0x8080808080808080L;
    int start = 8 * Long.bitCount(fewer);
    int left = rank - (int) (sums << 8 >>> start & 0xFF);
    long rest = word >>> start;
    while (--left > 0) {
      rest &= rest - 1;
    }
    return start + Long.numberOfTrailingZeros(rest);
  }

  /**
   * Decodes a whole block.
   *
   * @param into receives {@code count} numbers, each added to {@code base}
   */
  public static void decode(
      MemorySegment bytes, long block, int count, long base, long[] into, int at) {
    int lowBits = lowBits(bytes, block);
    long lows = lows(bytes, block);
    long mask = (1L << lowBits) - 1;
    long highs = block + HEAD_BYTES;
    int done = 0;
    for (int bits = 0; done < count && highs + (bits >>> 3) < lows; bits += 64) {
      long word = longAt(bytes, highs + (bits >>> 3));
      for (; word != 0 && done < count; word &= word - 1) {
        long high = (long) bits + Long.numberOfTrailingZeros(word) - done;
        int bit = done * lowBits;
        long low = longAt(bytes, lows + (bit >>> 3)) >>> (bit & 7) & mask;
        into[at + done++] = base + (high << lowBits | low);
      }
    }
    // Of a damaged block there may be too few.
    for (; done < count; done++) {
      into[at + done] = base;
    }
  }
}
