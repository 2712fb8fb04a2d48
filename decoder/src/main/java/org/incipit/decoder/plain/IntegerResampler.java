package org.incipit.decoder.plain;

/**
 * Resamples to 11 025 Hz as swresample does for 16-bit samples: every intermediate is an integer.
 */
final class IntegerResampler extends Resampler {
  private static final int SHIFT = 15;
  private static final int HALF = 1 << (SHIFT - 1);

  /** Samples by channel: the input window. */
  final int[][] window;

  /** Samples by channel: what the last {@link #produce} computed. */
  final int[][] output;

  private final int[] taps;

  /**
   * @param block most frames that come at once, and that are computed at once
   */
  IntegerResampler(FilterBank bank, int channels, int block) {
    super(bank, block);
    window = new int[channels][arrayLength()];
    output = new int[channels][block];
    double[] exact = bank.rows(1 << SHIFT);
    taps = new int[exact.length];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = clip((int) Math.rint((float) exact[i]));
    }
  }

  private static int clip(int sample) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
  }

  @Override
  void move(int from, int to, int length) {
    for (int[] samples : window) {
      System.arraycopy(samples, from, samples, to, length);
    }
  }

  @Override
  void mirror(int from, int to, int length) {
    for (int[] samples : window) {
      for (int i = 0; i < length; i++) {
        samples[to + i] = samples[from - i];
      }
    }
  }

  @Override
  void convolve(int from, int to) {
    int channel = 0;
    for (; channel + 1 < window.length; channel += 2) {
      convolve(
          from, to, window[channel], window[channel + 1], output[channel], output[channel + 1]);
    }
    if (channel < window.length) {
      convolve(from, to, window[channel], output[channel]);
    }
  }

  private void convolve(int from, int to, int[] in, int[] out) {
    int length = bank.reach;
    for (int i = from; i < to; i++) {
      int sum = HALF + dot(in, starts[i], taps, rows[i], length);
      if (bank.interpolates) {
        int next = HALF + dot(in, starts[i], taps, rows[i] + length, length);
        sum += between(sum, next, parts[i]);
      }
      out[i] = clip(sum >> SHIFT);
    }
  }

  private void convolve(int from, int to, int[] in, int[] in2, int[] out, int[] out2) {
    int length = bank.reach;
    for (int i = from; i < to; i++) {
      long sums = dots(in, in2, starts[i], taps, rows[i], length);
      int sum = HALF + (int) (sums >> 32);
      int sum2 = HALF + (int) sums;
      if (bank.interpolates) {
        sums = dots(in, in2, starts[i], taps, rows[i] + length, length);
        sum += between(sum, HALF + (int) (sums >> 32), parts[i]);
        sum2 += between(sum2, HALF + (int) sums, parts[i]);
      }
      out[i] = clip(sum >> SHIFT);
      out2[i] = clip(sum2 >> SHIFT);
    }
  }

  private int between(int sum, int next, int part) {
    return (int) (((long) next - sum) * part / bank.parts);
  }

  private static int dot(int[] samples, int at, int[] taps, int row, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += samples[at + i] * taps[row + i];
    }
    return sum;
  }

  /** Two at once, which share the taps: the left sum in the upper half, the right in the lower. */
  private static long dots(int[] left, int[] right, int at, int[] taps, int row, int length) {
    int leftSum = 0;
    int rightSum = 0;
    for (int i = 0; i < length; i++) {
      leftSum += left[at + i] * taps[row + i];
      rightSum += right[at + i] * taps[row + i];
    }
    return (long) leftSum << 32 | (rightSum & 0xffffffffL);
  }
}
