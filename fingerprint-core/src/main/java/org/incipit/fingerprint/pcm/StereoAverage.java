package org.incipit.fingerprint.pcm;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * The mean of left and right, cut off toward zero. Two frames travel in one {@code long}, because
 * the JIT vectorises neither a stride nor the narrowing to {@code short}.
 */
final class StereoAverage {
  // Of the four samples in a long, lowest first: left, right, left, right.
  private static final long LEFT = 0x0000FFFF_0000FFFFL;
  private static final long SIGNS = 0x8000_8000_8000_8000L;
  private static final long ONES = 0x00000001_00000001L;

  private static final int BLOCK = 1024; // frames

  private final ShortBuffer shorts;
  private final IntBuffer ints;
  private final LongBuffer longs;
  private final long[] pairs = new long[BLOCK / 2];
  private final int[] means = new int[BLOCK / 2];

  StereoAverage() {
    // Little-endian wherever it runs: the first of two samples is the lower one.
    ByteBuffer bytes = ByteBuffer.allocate(4 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    shorts = bytes.asShortBuffer();
    ints = bytes.asIntBuffer();
    longs = bytes.asLongBuffer();
  }

  /** Writes {@code mono[0..frames)} from the frames at {@code interleaved[from…]}. */
  void average(short[] interleaved, int from, short[] mono, int frames) {
    int even = frames & ~1;
    for (int done = 0; done < even; done += BLOCK) {
      int some = Math.min(even - done, BLOCK);
      rewind(shorts);
      shorts.put(interleaved, from + 2 * done, 2 * some);
      rewind(longs);
      longs.get(pairs, 0, some / 2);
      average(pairs, some / 2);
      narrow(pairs, means, some / 2);
      rewind(ints);
      ints.put(means, 0, some / 2);
      rewind(shorts);
      shorts.get(mono, done, some);
    }
    if (even < frames) {
      int last = from + 2 * even;
      mono[even] = (short) ((interleaved[last] + interleaved[last + 1]) / 2);
    }
  }

  /** Turns two frames in each element into their two means, in its low half. */
  private static void average(long[] pairs, int count) {
    for (int i = 0; i < count; i++) {
      long biased =
          pairs[i] ^ SIGNS; // every sample + 32768, so that no sign disturbs its neighbour
      long sums = (biased & LEFT) + ((biased >>> 16) & LEFT); // left + right + 65536
      long means = (sums + ((~sums >>> 16) & ONES)) >>> 1; // negative ones are rounded up
      pairs[i] = ((means & 0xFFFFL) | ((means >>> 16) & 0xFFFF0000L)) ^ SIGNS;
    }
  }

  private static void narrow(long[] from, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (int) from[i];
    }
  }

  private static void rewind(Buffer buffer) {
    buffer.clear();
  }
}
