package org.incipit.fingerprint.pcm;

import java.util.Arrays;

/**
 * Convolution for rates that are a small multiple of 11 025 Hz, where every output has the same
 * coefficients and lies {@code stride} samples after the one before. The samples are dealt out to
 * {@code stride} streams, so that a few taps at a time are added to all outputs in one loop, which
 * the JIT vectorises.
 */
final class StridedConvolution implements Convolution {
  /** From how many outputs on this is faster than one at a time. */
  static final int MIN_OUTPUTS = 32;

  private static final int MAX_STRIDE = 16;

  // Arrays a multiple of 4 KiB apart slow each other down; this keeps the usual lengths off that.
  private static final int SPARE = 40;

  private final SampleDealer dealer;
  private final int[][] streams; // streams[j][k] is sample stride * k + j
  private final int[] partial;

  // Row r of the filter is taps [stride * r, stride * (r + 1)), one for each stream. Here are those
  // that are not zero, one row after the other, each filled up to threes and fours.
  private final int rows;
  private final int[] rowEnds;
  private final int[] tapStreams;
  private final int[] coefficients;

  /** For at most {@code maxOutputs} outputs at a time. */
  StridedConvolution(int inputRate, ResamplerFilter filter, int maxOutputs) {
    int stride = inputRate / Resampler.OUTPUT_RATE;
    int[] taps = filter.phase(0);
    rows = (taps.length + stride - 1) / stride;
    rowEnds = new int[rows];
    tapStreams = new int[rows * (stride + 2)];
    coefficients = new int[tapStreams.length];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int start = at;
      for (int tap = stride * row; tap < Math.min(stride * (row + 1), taps.length); tap++) {
        if (taps[tap] != 0) {
          tapStreams[at] = tap % stride;
          coefficients[at++] = taps[tap];
        }
      }
      while ((at - start) % 4 == 1 || (at - start) % 4 == 2) {
        at++; // stream 0 times 0
      }
      rowEnds[row] = at;
    }
    streams = new int[stride][maxOutputs + rows + SPARE];
    partial = new int[maxOutputs + rows + SPARE];
    dealer = new SampleDealer(stride, maxOutputs + rows);
  }

  /** Whether the rate is such a multiple. */
  static boolean suits(int inputRate) {
    return inputRate % Resampler.OUTPUT_RATE == 0
        && inputRate <= MAX_STRIDE * Resampler.OUTPUT_RATE;
  }

  @Override
  public void convolve(short[] window, OutputPosition position, int[] sums, int count) {
    dealer.deal(window, position.sample(), streams, count + rows - 1);
    Arrays.fill(partial, 0, count + rows, 0);
    // From the last row to the first, with all sums moved back by one output before each: so the
    // loops below have a single index, without which nothing is vectorised.
    for (int row = rows - 1; row >= 0; row--) {
      int length = count + row;
      System.arraycopy(partial, 1, partial, 0, length);
      int end = rowEnds[row];
      int at = row == 0 ? 0 : rowEnds[row - 1];
      for (; end - at > 3; at += 4) {
        addFour(at, length);
      }
      if (at < end) {
        addThree(at, length);
      }
    }
    System.arraycopy(partial, 0, sums, 0, count);
    position.advance(count);
  }

  private void addFour(int at, int length) {
    addFour(
        partial,
        streams[tapStreams[at]],
        streams[tapStreams[at + 1]],
        streams[tapStreams[at + 2]],
        streams[tapStreams[at + 3]],
        coefficients[at],
        coefficients[at + 1],
        coefficients[at + 2],
        coefficients[at + 3],
        length);
  }

  private void addThree(int at, int length) {
    addThree(
        partial,
        streams[tapStreams[at]],
        streams[tapStreams[at + 1]],
        streams[tapStreams[at + 2]],
        coefficients[at],
        coefficients[at + 1],
        coefficients[at + 2],
        length);
  }

  private static void addFour(
      int[] to, int[] a, int[] b, int[] c, int[] d, int ca, int cb, int cc, int cd, int length) {
    for (int i = 0; i < length; i++) {
      to[i] += a[i] * ca + b[i] * cb + c[i] * cc + d[i] * cd;
    }
  }

  private static void addThree(
      int[] to, int[] a, int[] b, int[] c, int ca, int cb, int cc, int length) {
    for (int i = 0; i < length; i++) {
      to[i] += a[i] * ca + b[i] * cb + c[i] * cc;
    }
  }
}
