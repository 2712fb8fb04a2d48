package org.incipit.fingerprint.pcm;

/**
 * The low-pass filter of the {@link Resampler} for one input rate: a windowed sinc in 256 phases,
 * each of {@link #taps} coefficients with a sum near 32768.
 */
final class ResamplerFilter {
  /** Phases between two input samples. */
  static final int PHASES = 256;

  /** The coefficients are fractions of two to this power. */
  static final int UNITY_BITS = 15;

  private static final int TAPS_AT_FULL_BAND = 16;
  private static final double CUTOFF = 0.8;
  private static final double KAISER_BETA = 9;

  /** Coefficients of a phase. */
  final int taps;

  /** The coefficient, counted from 0, that lies on the output sample. */
  final int center;

  private final int[][] phases = new int[PHASES][0];

  /**
   * @param inputRate in Hz
   */
  ResamplerFilter(int inputRate) {
    double factor = Math.min(Resampler.OUTPUT_RATE * CUTOFF / inputRate, 1.0);
    taps = (int) Math.max(Math.ceil(TAPS_AT_FULL_BAND / factor), 1);
    center = (taps - 1) / 2;
    double[] row = new double[taps];
    OutputPosition position = new OutputPosition(inputRate);
    for (int i = 0; i < position.period(); i++) {
      int phase = position.phase();
      if (phases[phase].length == 0) {
        phases[phase] = quantized(row, fill(row, phase, factor));
      }
      position.advance();
    }
  }

  /** The coefficients of a phase, not to be written to; none if the rate never comes to it. */
  int[] phase(int phase) {
    return phases[phase];
  }

  /** Fills the row and returns its sum. */
  private double fill(double[] row, int phase, double factor) {
    double norm = 0;
    for (int i = 0; i < taps; i++) {
      double x = Math.PI * ((i - center) - (double) phase / PHASES) * factor;
      double y = x == 0 ? 1.0 : Math.sin(x) / x;
      double w = 2.0 * x / (factor * taps * Math.PI);
      row[i] = y * besselI0(KAISER_BETA * Math.sqrt(Math.max(1 - w * w, 0)));
      norm += row[i];
    }
    return norm;
  }

  private static int[] quantized(double[] row, double norm) {
    int[] coefficients = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      // Narrowed to float before rounding, as the original does.
      double rounded = Math.rint((float) (row[i] * (1 << UNITY_BITS) / norm));
      coefficients[i] = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
    return coefficients;
  }

  private static double besselI0(double x) {
    double z = x * x / 4;
    double term = 1;
    double sum = 1;
    double before = 0;
    for (int k = 1; sum != before; k++) {
      before = sum;
      term = term * z / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
