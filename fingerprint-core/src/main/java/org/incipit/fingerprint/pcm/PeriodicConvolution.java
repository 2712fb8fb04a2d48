package org.incipit.fingerprint.pcm;

import java.util.Arrays;

/**
 * Convolution for rates whose outputs soon repeat their phases, as those of 48 000 Hz do after 147
 * outputs and 640 samples. As in {@link StridedConvolution} a tap is added to all outputs in one
 * loop; but every output of the period has a coefficient of its own, and the samples from one to
 * the next are now more, now fewer.
 */
final class PeriodicConvolution implements Convolution {
  /** From how many outputs on this is faster than one at a time. */
  static final int MIN_OUTPUTS = 128;

  private static final int MAX_OUTPUTS = 512; // the tables grow with it and should stay in cache
  private static final int MAX_PERIOD = 441;
  private static final int MAX_STREAMS = 9;

  private final int[] samples; // samples[k] is output k's, counted from that of output 0
  private final int[][] streams; // streams[j][k] is the sample j after output k's
  private final int[] partial;

  // The filter of output k begins with the samples in element k of the streams (row 0), then come
  // those in element k + 1 (row 1) and so on. Here are the taps of all rows, each with the stream
  // that it reads and the coefficients of all outputs: 0 where an element has no such sample,
  // because the next element begins with it.
  private final int rows;
  private final int[] rowEnds;
  private final int[] tapStreams;
  private final int[][] coefficients;

  PeriodicConvolution(int inputRate, ResamplerFilter filter) {
    OutputPosition output = new OutputPosition(inputRate);
    rows = (filter.taps * Resampler.OUTPUT_RATE + inputRate - 1) / inputRate;
    int length = output.period() + MAX_OUTPUTS + rows;
    samples = new int[length];
    int[] phases = new int[length];
    for (int k = 0; k < length; k++) {
      samples[k] = output.sample();
      phases[k] = output.phase();
      output.advance();
    }
    partial = new int[length];
    streams = new int[(inputRate + Resampler.OUTPUT_RATE - 1) / Resampler.OUTPUT_RATE][length];

    rowEnds = new int[rows];
    tapStreams = new int[rows * streams.length];
    coefficients = new int[tapStreams.length][];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int stream = 0; stream < streams.length; stream++) {
        int[] column = new int[length];
        boolean used = false;
        for (int i = 0; i < length; i++) {
          // When a row is added, the sums have still that many elements to move back.
          int k = Math.floorMod(i - row, output.period());
          int tap = samples[k + row] - samples[k] + stream;
          if (tap < Math.min(samples[k + row + 1] - samples[k], filter.taps)) {
            column[i] = filter.phase(phases[k])[tap];
            used |= column[i] != 0;
          }
        }
        if (used) {
          tapStreams[at] = stream;
          coefficients[at++] = column;
        }
      }
      rowEnds[row] = at;
    }
  }

  /** Whether this is worth its tables. */
  static boolean suits(int inputRate) {
    return inputRate <= MAX_STREAMS * Resampler.OUTPUT_RATE
        && new OutputPosition(inputRate).period() <= MAX_PERIOD;
  }

  @Override
  public void convolve(short[] window, OutputPosition position, int[] sums, int count) {
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, MAX_OUTPUTS);
      // All arrays begin where the period has got to, so that the loops have a single index.
      int first = position.ordinal();
      deal(window, position.sample(), first, first + some + rows - 1);
      convolve(first, some);
      System.arraycopy(partial, first, sums, done, some);
      position.advance(some);
      done += some;
    }
  }

  private void deal(short[] window, int from, int first, int end) {
    int origin = from - samples[first];
    for (int j = 0; j < streams.length; j++) {
      deal(window, origin + j, samples, streams[j], first, end);
    }
  }

  private void convolve(int first, int count) {
    Arrays.fill(partial, first, first + count + rows, 0);
    for (int row = rows - 1; row >= 0; row--) {
      System.arraycopy(partial, first + 1, partial, first, count + row);
      int to = first + count + row;
      int end = rowEnds[row];
      int at = row == 0 ? 0 : rowEnds[row - 1];
      while (at < end) {
        at = add(at, end - at, first, to);
      }
    }
  }

  /** Adds the next few of {@code left} taps; returns the tap after them. */
  private int add(int at, int left, int first, int to) {
    int[] a = streams[tapStreams[at]];
    int[] ca = coefficients[at];
    if (left == 1) {
      addOne(partial, a, ca, first, to);
      return at + 1;
    }
    int[] b = streams[tapStreams[at + 1]];
    int[] cb = coefficients[at + 1];
    if (left == 2 || left == 4) {
      addTwo(partial, a, b, ca, cb, first, to);
      return at + 2;
    }
    addThree(partial, a, b, streams[tapStreams[at + 2]], ca, cb, coefficients[at + 2], first, to);
    return at + 3;
  }

  private static void deal(
      short[] window, int origin, int[] samples, int[] stream, int first, int end) {
    for (int i = first; i < end; i++) {
      stream[i] = window[origin + samples[i]];
    }
  }

  private static void addThree(
      int[] to, int[] a, int[] b, int[] c, int[] ca, int[] cb, int[] cc, int first, int end) {
    for (int i = first; i < end; i++) {
      to[i] += a[i] * ca[i] + b[i] * cb[i] + c[i] * cc[i];
    }
  }

  private static void addTwo(int[] to, int[] a, int[] b, int[] ca, int[] cb, int first, int end) {
    for (int i = first; i < end; i++) {
      to[i] += a[i] * ca[i] + b[i] * cb[i];
    }
  }

  private static void addOne(int[] to, int[] a, int[] ca, int first, int end) {
    for (int i = first; i < end; i++) {
      to[i] += a[i] * ca[i];
    }
  }
}
