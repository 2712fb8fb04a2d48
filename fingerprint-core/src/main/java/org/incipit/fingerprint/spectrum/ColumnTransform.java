package org.incipit.fingerprint.spectrum;

import static org.incipit.fingerprint.spectrum.Butterfly.COLUMNS;
import static org.incipit.fingerprint.spectrum.Butterfly.IMAGINARY;

/**
 * The first half of {@link VectorisedFft}: windows a frame and transforms it down its columns, all
 * of them side by side.
 *
 * <p>Samples are real, so bins j and −j mirror each other and one of the two is enough. A radix-4
 * step on real numbers gives its four kinds of bins as
 *
 * <pre>
 *   0 mod 4   v0 + v1 + v2 + v3         real, a quarter as long, for the next such step
 *   2 mod 4   v0 − v1 + v2 − v3         real; first half − i·second half, turned, has the bins
 *                                       2 mod 8, and those that are 6 mod 8 mirror them
 *   1 mod 4   v0 − v2 − i·(v1 − v3)     complex, to be turned; 3 mod 4 mirrors it
 * </pre>
 *
 * Three such steps, 64 = 4·4·4, and complex ones for what they leave, end in the rows of {@link
 * #BIN_OF_ROW}.
 *
 * <p>A frame of 2048 has 32 rows, so v0 and v1 only, and goes the same way without the odd bins.
 */
final class ColumnTransform {
  /** The bin of the 64-point transforms that each row holds. */
  static final int[] BIN_OF_ROW = {
    1, 17, 33, 49, 5, 21, 37, 53, 9, 25, 41, 57, 13, 29, 45, 61, // 1 mod 4
    2, 18, 34, 50, 10, 26, 42, 58, // 2 mod 8
    4, 20, 36, 52, // 4 mod 16
    8, 40, // 8 mod 32
    16, 0, 32
  };

  static final int ROWS = 33;

  /** The first row whose bin is even. */
  static final int FIRST_EVEN_ROW = 16;

  // Where the rows of each kind begin.
  private static final int MOD_4 = 0;
  private static final int MOD_8 = 16 * COLUMNS;
  private static final int MOD_16 = 24 * COLUMNS;
  private static final int MOD_32 = 28 * COLUMNS;
  private static final int ROW_30 = 30 * COLUMNS;
  private static final int ROW_31 = 31 * COLUMNS;
  private static final int ROW_32 = 32 * COLUMNS;
  private static final int END = ROWS * COLUMNS;

  private static final int QUARTER = 1024;

  /** From one quarter to the next; 1024 would make them compete for the same cache lines. */
  private static final int APART = QUARTER + 8;

  private final int frameSize;
  private final short[] frame; // a copy: its indices are constants then
  private final double[] window = new double[4 * APART];
  private final double[] real = new double[2 * APART];
  private final double[] rows = new double[2 * IMAGINARY];
  private final double[] turns1 = Twiddles.ones();
  private final double[] turns2 = Twiddles.ones();
  private final double[] turns3 = Twiddles.ones();

  ColumnTransform(int frameSize) {
    this.frameSize = frameSize;
    frame = new short[frameSize];
    double[] coefficients = HammingWindow.coefficients(frameSize);
    for (int at = 0; at < frameSize; at += QUARTER) {
      System.arraycopy(coefficients, at, window, at / QUARTER * APART, QUARTER);
    }
    for (int i = 0; i < 1024; i++) {
      Twiddles.set(turns1, MOD_4 + i, i);
      Twiddles.set(turns2, MOD_4 + i, 4 * (i / 256) * (i % 256));
    }
    for (int i = 0; i < 512; i++) {
      Twiddles.set(turns1, MOD_8 + i, 2 * i);
      Twiddles.set(turns2, MOD_8 + i, 8 * (i / 256) * (i % 256));
    }
    for (int i = 0; i < 256; i++) {
      Twiddles.set(turns2, MOD_16 + i, 4 * i);
    }
    for (int i = 0; i < 128; i++) {
      Twiddles.set(turns2, MOD_32 + i, 8 * i);
    }
    for (int i = 0; i < MOD_32; i++) {
      Twiddles.set(turns3, i, 16 * (i / COLUMNS % 4) * (i % COLUMNS));
    }
    for (int i = 0; i < COLUMNS; i++) {
      Twiddles.set(turns3, MOD_32 + COLUMNS + i, 32 * i);
      Twiddles.set(turns3, ROW_30 + i, 16 * i);
      Twiddles.set(turns3, ROW_32 + i, 32 * i);
    }
  }

  /**
   * Transforms {@code samples[from … from + frameSize)}.
   *
   * @return the rows, column c of row r at {@code [64·r + c]}, turned so that only a transform
   *     along each is left to do; rows of odd bins are undefined for a frame of 2048. Lent until
   *     the next call, to be changed at will.
   */
  double[] transform(short[] samples, int from) {
    System.arraycopy(samples, from, frame, 0, frameSize);
    boolean oddBins = frameSize == 4 * QUARTER;
    if (oddBins) {
      quarters(frame, window, real, rows);
      Twiddles.turn(rows, turns1, MOD_4, MOD_8);
      radix4by256(rows);
      Twiddles.turn(rows, turns2, MOD_4 + 256, MOD_8);
    } else {
      halves(frame, window, real);
    }
    pair512(real, rows, turns1);
    radix2by256(rows);
    Twiddles.turn(rows, turns2, MOD_8 + 256, MOD_16);
    quarters256(real, rows);
    Twiddles.turn(rows, turns2, MOD_16, MOD_32);
    pair128(real, rows, turns2);
    for (int block = oddBins ? MOD_4 : MOD_8; block < MOD_32; block += 4 * COLUMNS) {
      radix4by64(rows, block);
      Twiddles.turn(rows, turns3, block + COLUMNS, block + 4 * COLUMNS);
    }
    radix2by64(rows);
    quarters64(real, rows);
    Twiddles.turn(rows, turns3, MOD_32 + COLUMNS, END);
    return rows;
  }

  /** Windows a frame of 4096 and takes the real radix-4 step. */
  private static void quarters(short[] frame, double[] window, double[] real, double[] rows) {
    for (int i = 0; i < QUARTER; i++) {
      double v0 = frame[i] * window[i];
      double v1 = frame[i + QUARTER] * window[i + APART];
      double v2 = frame[i + 2 * QUARTER] * window[i + 2 * APART];
      double v3 = frame[i + 3 * QUARTER] * window[i + 3 * APART];
      double even = v0 + v2;
      double odd = v1 + v3;
      real[i] = even + odd;
      real[i + APART] = even - odd;
      rows[i] = v0 - v2;
      rows[i + IMAGINARY] = v3 - v1;
    }
  }

  /** Windows a frame of 2048 and takes the part of the step that its even bins need. */
  private static void halves(short[] frame, double[] window, double[] real) {
    for (int i = 0; i < QUARTER; i++) {
      double v0 = frame[i] * window[i];
      double v1 = frame[i + QUARTER] * window[i + APART];
      real[i] = v0 + v1;
      real[i + APART] = v0 - v1;
    }
  }

  /** The second real step. */
  private static void quarters256(double[] real, double[] rows) {
    for (int i = 0; i < 256; i++) {
      double v0 = real[i];
      double v1 = real[i + 256];
      double v2 = real[i + 512];
      double v3 = real[i + 768];
      double even = v0 + v2;
      double odd = v1 + v3;
      real[i] = even + odd;
      real[i + 256] = even - odd;
      rows[i + MOD_16] = v0 - v2;
      rows[i + MOD_16 + IMAGINARY] = v3 - v1;
    }
  }

  /** The last real step; the rows of bins 0 and 32 come out real. */
  private static void quarters64(double[] real, double[] rows) {
    for (int i = 0; i < 64; i++) {
      double v0 = real[i];
      double v1 = real[i + 64];
      double v2 = real[i + 128];
      double v3 = real[i + 192];
      double even = v0 + v2;
      double odd = v1 + v3;
      rows[i + ROW_31] = even + odd;
      rows[i + ROW_31 + IMAGINARY] = 0;
      rows[i + ROW_32] = even - odd;
      rows[i + ROW_32 + IMAGINARY] = 0;
      rows[i + ROW_30] = v0 - v2;
      rows[i + ROW_30 + IMAGINARY] = v3 - v1;
    }
  }

  /** Makes complex numbers of the bins 2 mod 4 and turns them. */
  private static void pair512(double[] real, double[] rows, double[] turns) {
    for (int i = 0; i < 512; i++) {
      double re = real[i + APART];
      double minusIm = real[i + APART + 512];
      double cos = turns[i + MOD_8];
      double sin = turns[i + MOD_8 + IMAGINARY];
      rows[i + MOD_8] = re * cos + minusIm * sin;
      rows[i + MOD_8 + IMAGINARY] = re * sin - minusIm * cos;
    }
  }

  /** The same for the bins 8 mod 32, one real step on. */
  private static void pair128(double[] real, double[] rows, double[] turns) {
    for (int i = 0; i < 128; i++) {
      double re = real[i + 256];
      double minusIm = real[i + 384];
      double cos = turns[i + MOD_32];
      double sin = turns[i + MOD_32 + IMAGINARY];
      rows[i + MOD_32] = re * cos + minusIm * sin;
      rows[i + MOD_32 + IMAGINARY] = re * sin - minusIm * cos;
    }
  }

  private static void radix4by256(double[] rows) {
    for (int i = MOD_4; i < MOD_4 + 256; i++) {
      Butterfly.radix4(rows, i, 256);
    }
  }

  private static void radix2by256(double[] rows) {
    for (int i = MOD_8; i < MOD_8 + 256; i++) {
      Butterfly.radix2(rows, i, 256);
    }
  }

  private static void radix4by64(double[] rows, int block) {
    int from = Butterfly.bounded(block);
    for (int i = from; i < from + 64; i++) {
      Butterfly.radix4(rows, i, 64);
    }
  }

  private static void radix2by64(double[] rows) {
    for (int i = MOD_32; i < MOD_32 + 64; i++) {
      Butterfly.radix2(rows, i, 64);
    }
  }
}
