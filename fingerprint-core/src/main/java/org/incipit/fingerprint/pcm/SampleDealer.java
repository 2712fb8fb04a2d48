package org.incipit.fingerprint.pcm;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * Deals samples out to {@code stride} streams in turn. Four streams, as 44 100 Hz needs, are dealt
 * through a {@code long} that holds one sample of each: the JIT vectorises no stride.
 */
final class SampleDealer {
  private final int stride;
  private final ShortBuffer shorts;
  private final LongBuffer longs;
  private final long[] fours;

  /** For at most {@code maxCount} samples per stream. */
  SampleDealer(int stride, int maxCount) {
    this.stride = stride;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * maxCount).order(ByteOrder.LITTLE_ENDIAN);
    shorts = bytes.asShortBuffer();
    longs = bytes.asLongBuffer();
    fours = new long[maxCount];
  }

  /** Writes {@code streams[j][k] = samples[from + stride * k + j]} for k below {@code count}. */
  void deal(short[] samples, int from, int[][] streams, int count) {
    if (stride == 4) {
      rewind(shorts);
      shorts.put(samples, from, 4 * count);
      rewind(longs);
      longs.get(fours, 0, count);
      halve(fours, streams[0], streams[2], count);
      split(streams[0], streams[1], count);
      split(streams[2], streams[3], count);
      return;
    }
    for (int j = 0; j < stride; j++) {
      int[] stream = streams[j];
      for (int k = 0; k < count; k++) {
        stream[k] = samples[from + stride * k + j];
      }
    }
  }

  private static void halve(long[] fours, int[] low, int[] high, int count) {
    for (int i = 0; i < count; i++) {
      low[i] = (int) fours[i];
      high[i] = (int) (fours[i] >>> 32);
    }
  }

  /** Turns two samples in each element of {@code low} into one there and one in {@code high}. */
  private static void split(int[] low, int[] high, int count) {
    for (int i = 0; i < count; i++) {
      int pair = low[i];
      low[i] = (short) pair;
      high[i] = pair >> 16;
    }
  }

  private static void rewind(Buffer buffer) {
    buffer.clear();
  }
}
