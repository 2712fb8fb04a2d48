package org.incipit.decoder.plain;

/**
 * The windowed sincs of swresample: one row of taps for each fraction of an input sample at which
 * an output sample may lie, and the steps from one output sample to the next.
 *
 * <p>Filter size 16, cutoff 0.8, Kaiser window with beta 9, at most 256 phases; with fewer phases,
 * output samples lie exactly on them, with 256 between them.
 */
final class FilterBank {
  /** The rate of the output, in Hz. */
  static final int OUTPUT_RATE = 11025;

  private static final double CUTOFF = 0.8;
  private static final int FILTER_SIZE = 16;
  private static final int MAX_PHASES = 256;
  private static final double BETA = 9;

  /** swresample works through a row in steps of so many taps. */
  private static final int TAP_STEP = 8;

  /** Input samples that a filter is made for; as many must be there for an output sample. */
  final int taps;

  /** Elements of a row: {@link #taps}, or one more. */
  final int reach;

  final int phases;

  /** The tap that lies on the output sample, in phase 0. */
  final int centre;

  /** Whether output samples lie between phases. */
  final boolean interpolates;

  /** Parts of a phase; what a position counts beyond its phase is below this. */
  final int parts;

  /** From an output sample to the next: input samples, phases beyond them, parts beyond those. */
  final int stepSamples;

  final int stepPhases;
  final int stepParts;

  private final double factor;

  FilterBank(int inputRate) {
    factor = Math.min(OUTPUT_RATE * CUTOFF / inputRate, 1.0);
    int least = Math.max((int) Math.ceil(FILTER_SIZE / factor), 1);
    taps = least > 1 ? (least + 1) / 2 * 2 : least;
    centre = (taps - 1) / 2;
    int exact = OUTPUT_RATE / gcd(OUTPUT_RATE, inputRate);
    phases = exact <= MAX_PHASES ? exact : MAX_PHASES;
    long perOutput = (long) inputRate * phases;
    int divisor = gcd(OUTPUT_RATE, (int) (perOutput % OUTPUT_RATE));
    parts = OUTPUT_RATE / divisor;
    stepSamples = (int) (perOutput / OUTPUT_RATE / phases);
    stepPhases = (int) (perOutput / OUTPUT_RATE % phases);
    stepParts = (int) (perOutput % OUTPUT_RATE) / divisor;
    interpolates = stepParts != 0;
    reach = interpolates && taps % TAP_STEP != 0 ? taps + 1 : taps;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /**
   * {@code phases + 1} rows, one after another, scaled so that the taps of the first sum up to
   * {@code sum}. The row beyond the last phase is the first, one tap later. If it has no room for
   * its last tap that comes to stand in front, as it does in swresample.
   */
  double[] rows(double sum) {
    double[] rows = new double[(phases + 1) * reach];
    double norm = 0;
    boolean mirrors = phases % 2 == 0;
    int computed = mirrors ? phases / 2 + 1 : phases;
    for (int phase = 0; phase < computed; phase++) {
      for (int tap = 0; tap < taps; tap++) {
        double value = value(phase, tap);
        rows[phase * reach + tap] = value;
        if (phase == 0) {
          norm += value;
        }
        if (mirrors) {
          rows[(phases - phase) * reach + taps - 1 - tap] = value;
        }
      }
    }
    int last = phases * reach;
    System.arraycopy(rows, 0, rows, last + 1, reach - 1);
    rows[last] = rows[reach - 1];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i] * sum / norm;
    }
    return rows;
  }

  private double value(int phase, int tap) {
    double x = Math.PI * (tap - centre - (double) phase / phases) * factor;
    double w = 2 * x / (factor * taps * Math.PI);
    double sinc = x == 0 ? 1 : sine(x, phase, tap) / x;
    return sinc * besselI0(BETA * Math.sqrt(Math.max(1 - w * w, 0)));
  }

  private double sine(double x, int phase, int tap) {
    if (factor < 1) {
      return Math.sin(x);
    }
    // From one tap to the next, half a turn.
    double sine = Math.sin(Math.PI * phase / phases);
    return (tap + centre) % 2 == 0 ? -sine : sine;
  }

  /** The modified Bessel function of the first kind, order 0, by its power series. */
  private static double besselI0(double x) {
    double z = x * x / 4;
    double sum = 1;
    double term = 1;
    for (int k = 1; ; k++) {
      term *= z / ((double) k * k);
      double next = sum + term;
      if (next == sum) {
        return sum;
      }
      sum = next;
    }
  }
}
