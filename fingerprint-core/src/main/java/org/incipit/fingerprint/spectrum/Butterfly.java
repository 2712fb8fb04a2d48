package org.incipit.fingerprint.spectrum;

/**
 * The bodies of {@link VectorisedFft}'s loops, each for one index. A complex number has its real
 * part at {@code z[i]} and its imaginary part at {@code z[i + IMAGINARY]}. Everything is read
 * before anything is written, so that the JIT compiler sees at once that no index needs the result
 * of another.
 */
final class Butterfly {
  /** Columns of {@link ColumnTransform}, points of {@link LaneTransform}. */
  static final int COLUMNS = 64;

  /** Lanes of {@link LaneTransform}. */
  static final int LANES = 34;

  /** From a real part to its imaginary part. */
  static final int IMAGINARY = COLUMNS * LANES;

  private Butterfly() {}

  /**
   * An index into {@link #IMAGINARY} numbers, unchanged, but known to be small: otherwise adding a
   * constant to it might overflow, and the compiler has to carry each of the sums.
   */
  static int bounded(int index) {
    return index & 4095;
  }

  static void set(double[] z, int i, double re, double im) {
    z[i] = re;
    z[i + IMAGINARY] = im;
  }

  /** Transforms two points. */
  static void radix2(double[] z, int i, int stride) {
    double re0 = z[i];
    double im0 = z[i + IMAGINARY];
    double re1 = z[i + stride];
    double im1 = z[i + stride + IMAGINARY];
    z[i] = re0 + re1;
    z[i + IMAGINARY] = im0 + im1;
    z[i + stride] = re0 - re1;
    z[i + stride + IMAGINARY] = im0 - im1;
  }

  /** Transforms four points. */
  static void radix4(double[] z, int i, int stride) {
    double re0 = z[i];
    double im0 = z[i + IMAGINARY];
    double re1 = z[i + stride];
    double im1 = z[i + stride + IMAGINARY];
    double re2 = z[i + 2 * stride];
    double im2 = z[i + 2 * stride + IMAGINARY];
    double re3 = z[i + 3 * stride];
    double im3 = z[i + 3 * stride + IMAGINARY];
    double sum02Re = re0 + re2;
    double sum02Im = im0 + im2;
    double diff02Re = re0 - re2;
    double diff02Im = im0 - im2;
    double sum13Re = re1 + re3;
    double sum13Im = im1 + im3;
    double diff13Re = re1 - re3;
    double diff13Im = im1 - im3;
    z[i] = sum02Re + sum13Re;
    z[i + IMAGINARY] = sum02Im + sum13Im;
    z[i + stride] = diff02Re + diff13Im;
    z[i + stride + IMAGINARY] = diff02Im - diff13Re;
    z[i + 2 * stride] = sum02Re - sum13Re;
    z[i + 2 * stride + IMAGINARY] = sum02Im - sum13Im;
    z[i + 3 * stride] = diff02Re - diff13Im;
    z[i + 3 * stride + IMAGINARY] = diff02Im + diff13Re;
  }
}
