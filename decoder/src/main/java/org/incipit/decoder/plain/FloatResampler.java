package org.incipit.decoder.plain;

/**
 * Resamples to 11 025 Hz in floating point, as swresample does for samples of more than 16 bits. It
 * sums up in an order that depends on the CPU; here it is done in double precision, so that a few
 * samples in 100 000 differ by 1 once they are rounded to 16 bits.
 */
final class FloatResampler extends Resampler {
  /** Samples by channel: the input window. */
  final double[][] window;

  /** Samples by channel: what the last {@link #produce} computed. */
  final double[][] output;

  private final double[] taps;

  /**
   * @param single whether coefficients are rounded to single precision
   * @param block most frames that come at once, and that are computed at once
   */
  FloatResampler(FilterBank bank, boolean single, int channels, int block) {
    super(bank, block);
    window = new double[channels][arrayLength()];
    output = new double[channels][block];
    taps = bank.rows(1);
    for (int i = 0; single && i < taps.length; i++) {
      taps[i] = (float) taps[i];
    }
  }

  @Override
  void move(int from, int to, int length) {
    for (double[] samples : window) {
      System.arraycopy(samples, from, samples, to, length);
    }
  }

  @Override
  void mirror(int from, int to, int length) {
    for (double[] samples : window) {
      for (int i = 0; i < length; i++) {
        samples[to + i] = samples[from - i];
      }
    }
  }

  @Override
  void convolve(int from, int to) {
    int length = bank.reach;
    for (int channel = 0; channel < window.length; channel++) {
      double[] in = window[channel];
      for (int i = from; i < to; i++) {
        double sum = dot(in, starts[i], taps, rows[i], length);
        if (bank.interpolates) {
          double next = dot(in, starts[i], taps, rows[i] + length, length);
          sum += (next - sum) * parts[i] / bank.parts;
        }
        output[channel][i] = sum;
      }
    }
  }

  /** Four sums in parallel: one alone would wait for every addition. */
  private static double dot(double[] samples, int at, double[] taps, int row, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      a += samples[at + i] * taps[row + i];
      b += samples[at + i + 1] * taps[row + i + 1];
      c += samples[at + i + 2] * taps[row + i + 2];
      d += samples[at + i + 3] * taps[row + i + 3];
    }
    for (; i < length; i++) {
      a += samples[at + i] * taps[row + i];
    }
    return a + b + (c + d);
  }
}
