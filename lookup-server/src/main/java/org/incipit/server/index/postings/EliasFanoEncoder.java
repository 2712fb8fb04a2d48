package org.incipit.server.index.postings;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Encodes blocks for {@link EliasFano}. Not thread-safe; allocates only when built. */
public final class EliasFanoEncoder {
  private static final int WORDS = EliasFano.MAX_BYTES / 8 + 2;

  private final long[] highs = new long[WORDS];
  private final long[] lows = new long[WORDS];

  /**
   * Appends a block.
   *
   * @param numbers ascending, unsigned; {@code from} to {@code from + count} are encoded relative
   *     to the first
   * @param count 1..{@value EliasFano#BLOCK}
   * @param into little-endian, with room for {@value EliasFano#MAX_BYTES} bytes
   */
  public void encode(long[] numbers, int from, int count, ByteBuffer into) {
    long base = numbers[from];
    long range = numbers[from + count - 1] - base;
    int lowBits = lowBits(range, count);
    int highBytes = (int) (((range >>> lowBits) + count + 7) >>> 3);
    Arrays.fill(highs, 0, (highBytes >>> 3) + 1, 0);
    long mask = (1L << lowBits) - 1;
    int words = 0;
    long word = 0;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      long number = numbers[from + i] - base;
      int bit = (int) (number >>> lowBits) + i;
      highs[bit >>> 6] |= 1L << bit;
      long low = number & mask;
      word |= low << filled;
      filled += lowBits;
      if (filled >= 64) {
        lows[words++] = word;
        filled -= 64;
        word = filled == 0 ? 0 : low >>> (lowBits - filled);
      }
    }
    lows[words] = word;
    into.put((byte) lowBits).put((byte) highBytes);
    append(highs, highBytes, into);
    append(lows, (count * lowBits + 7) >>> 3, into);
  }

  private static void append(long[] words, int bytes, ByteBuffer into) {
    int at = into.position();
    for (int i = 0; i < bytes; i += 8) {
      into.putLong(at + i, words[i >>> 3]);
    }
    into.position(at + bytes);
  }

  /** The number of low bits that makes the block smallest. */
  private static int lowBits(long range, int count) {
    long gap = Long.divideUnsigned(range, count);
    int bits = Math.min(64 - Long.numberOfLeadingZeros(gap), EliasFano.MAX_LOW_BITS);
    // One fewer saves count bits and doubles the zeros among the highs.
    while (bits > 0 && (range >>> (bits - 1)) - (range >>> bits) < count) {
      bits--;
    }
    return bits;
  }
}
