package org.incipit.fingerprint.spectrum;

import static org.incipit.fingerprint.spectrum.Butterfly.IMAGINARY;

import java.util.Arrays;

/** Powers of e^(−2πi/4096), in tables laid out like the numbers that they turn. */
final class Twiddles {
  private static final int CIRCLE = 4096;
  private static final int QUARTER = CIRCLE / 4;
  private static final double[] COSINES = cosines();

  private Twiddles() {}

  /** A table that turns nothing. */
  static double[] ones() {
    double[] table = new double[2 * IMAGINARY];
    Arrays.fill(table, 0, IMAGINARY, 1.0);
    return table;
  }

  /** Puts e^(−2πi·exponent/4096) at a place of a table. */
  static void set(double[] table, int i, int exponent) {
    double cos = COSINES[exponent % CIRCLE];
    double minusSin = COSINES[(exponent + QUARTER) % CIRCLE];
    Butterfly.set(table, i, cos, minusSin);
  }

  /** Multiplies the numbers at from..to-1 by the table's at the same places. */
  static void turn(double[] z, double[] table, int from, int to) {
    for (int i = from; i < to; i++) {
      double re = z[i];
      double im = z[i + IMAGINARY];
      double cos = table[i];
      double minusSin = table[i + IMAGINARY];
      z[i] = re * cos - im * minusSin;
      z[i + IMAGINARY] = re * minusSin + im * cos;
    }
  }

  /** An eighth of the circle is computed and the rest mirrored, so that its corners are exact. */
  private static double[] cosines() {
    double[] cosines = new double[CIRCLE];
    for (int k = 0; k <= QUARTER / 2; k++) {
      double angle = 2 * Math.PI * k / CIRCLE;
      mirror(cosines, k, Math.cos(angle));
      mirror(cosines, QUARTER - k, Math.sin(angle));
    }
    return cosines;
  }

  private static void mirror(double[] cosines, int k, double cosine) {
    cosines[k] = cosine;
    cosines[CIRCLE / 2 - k] = -cosine;
    cosines[CIRCLE / 2 + k] = -cosine;
    cosines[(CIRCLE - k) % CIRCLE] = cosine;
  }
}
