package org.incipit.fingerprint.spectrum;

import static org.incipit.fingerprint.spectrum.Butterfly.COLUMNS;
import static org.incipit.fingerprint.spectrum.Butterfly.IMAGINARY;
import static org.incipit.fingerprint.spectrum.Butterfly.LANES;
import static org.incipit.fingerprint.spectrum.ColumnTransform.BIN_OF_ROW;
import static org.incipit.fingerprint.spectrum.ColumnTransform.FIRST_EVEN_ROW;
import static org.incipit.fingerprint.spectrum.ColumnTransform.ROWS;

/**
 * The second half of {@link VectorisedFft}: transforms along the rows that {@link ColumnTransform}
 * leaves. The rows become lanes, point c of lane l at {@code [34·c + l]}, so that these transforms
 * too lie side by side. Each of 64 points is three radix-4 steps, the last of which writes the
 * power of its results to their bins.
 *
 * <p>A frame of 2048 has only 17 rows. A radix-2 step before they are transposed halves each into
 * two lanes of 32 points, one for its even and one for its odd results.
 */
final class LaneTransform {
  private static final int HALF = COLUMNS / 2;

  /** Numbers from one point of the first step to the next, and of the second step. */
  private static final int STRIDE_1 = 16 * LANES;

  private static final int STRIDE_2 = 4 * LANES;

  private final boolean oddBins;
  private final int blocks;
  private final int lanesUsed;
  private final int endBin;
  private final int[] binOfLane = new int[LANES];
  private final double[] lanes = new double[2 * IMAGINARY];
  private final double[] turns0 = Twiddles.ones();
  private final double[] turns1 = Twiddles.ones();
  private final double[] turns2 = Twiddles.ones();

  LaneTransform(int frameSize, int endBin) {
    this.endBin = endBin;
    oddBins = frameSize == COLUMNS * COLUMNS;
    blocks = oddBins ? 4 : 2;
    lanesUsed = oddBins ? ROWS : LANES;
    for (int lane = 0; lane < lanesUsed; lane++) {
      binOfLane[lane] =
          oddBins
              ? BIN_OF_ROW[lane]
              : BIN_OF_ROW[FIRST_EVEN_ROW + lane % (LANES / 2)] / 2 + lane / (LANES / 2) * HALF;
    }
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      Twiddles.set(turns0, i, 64 * (i / HALF % 2) * (i % HALF));
    }
    for (int i = 0; i < blocks * STRIDE_1; i++) {
      Twiddles.set(turns1, i, 256 / blocks * (i / STRIDE_1) * (i % STRIDE_1 / LANES));
      Twiddles.set(turns2, i, 256 * (i % STRIDE_1 / STRIDE_2) * (i % STRIDE_2 / LANES));
    }
  }

  /** Transforms the rows, which are changed, into the power of all bins before the end. */
  void power(double[] rows, double[] power) {
    if (oddBins) {
      for (int row = 0; row < ROWS; row++) {
        transpose(rows, row * COLUMNS, lanes, row);
        transpose(rows, row * COLUMNS + HALF, lanes, row + HALF * LANES);
      }
      radix4by16(lanes);
    } else {
      for (int row = FIRST_EVEN_ROW; row < ROWS; row++) {
        radix2by32(rows, row * COLUMNS);
      }
      Twiddles.turn(rows, turns0, FIRST_EVEN_ROW * COLUMNS, ROWS * COLUMNS);
      for (int row = FIRST_EVEN_ROW; row < ROWS; row++) {
        int lane = row - FIRST_EVEN_ROW;
        transpose(rows, row * COLUMNS, lanes, lane);
        transpose(rows, row * COLUMNS + HALF, lanes, lane + LANES / 2);
      }
      radix2by16(lanes);
    }
    Twiddles.turn(lanes, turns1, STRIDE_1, blocks * STRIDE_1);
    for (int block = 0; block < blocks; block++) {
      int at = block * STRIDE_1;
      radix4by4(lanes, at);
      Twiddles.turn(lanes, turns2, at + STRIDE_2, at + STRIDE_1);
      for (int part = 0; part < 4; part++) {
        last(at + part * STRIDE_2, COLUMNS * (block + part * blocks), power);
      }
    }
  }

  private static void transpose(double[] rows, int from, double[] lanes, int to) {
    for (int i = 0; i < HALF; i++) {
      lanes[to + LANES * i] = rows[from + i];
      lanes[to + LANES * i + IMAGINARY] = rows[from + i + IMAGINARY];
    }
  }

  private static void radix2by32(double[] rows, int row) {
    int from = Butterfly.bounded(row);
    for (int i = from; i < from + HALF; i++) {
      Butterfly.radix2(rows, i, HALF);
    }
  }

  private static void radix2by16(double[] lanes) {
    for (int i = 0; i < STRIDE_1; i++) {
      Butterfly.radix2(lanes, i, STRIDE_1);
    }
  }

  private static void radix4by16(double[] lanes) {
    for (int i = 0; i < STRIDE_1; i++) {
      Butterfly.radix4(lanes, i, STRIDE_1);
    }
  }

  private static void radix4by4(double[] lanes, int block) {
    int from = Butterfly.bounded(block);
    for (int i = from; i < from + STRIDE_2; i++) {
      Butterfly.radix4(lanes, i, STRIDE_2);
    }
  }

  /**
   * The last step of four points each. Its results lie a quarter of all bins apart; those of the
   * upper half are the mirror of lower ones.
   */
  private void last(int block, int firstBin, double[] power) {
    double[] z = lanes;
    int[] bins = binOfLane;
    int quarter = blocks * 4 * COLUMNS;
    boolean second = quarter + firstBin < endBin;
    boolean third = 2 * quarter - firstBin - COLUMNS < endBin;
    for (int lane = 0; lane < lanesUsed; lane++) {
      int i = block + lane;
      double re0 = z[i];
      double im0 = z[i + IMAGINARY];
      double re1 = z[i + LANES];
      double im1 = z[i + LANES + IMAGINARY];
      double re2 = z[i + 2 * LANES];
      double im2 = z[i + 2 * LANES + IMAGINARY];
      double re3 = z[i + 3 * LANES];
      double im3 = z[i + 3 * LANES + IMAGINARY];
      double sum02Re = re0 + re2;
      double sum02Im = im0 + im2;
      double diff02Re = re0 - re2;
      double diff02Im = im0 - im2;
      double sum13Re = re1 + re3;
      double sum13Im = im1 + im3;
      double diff13Re = re1 - re3;
      double diff13Im = im1 - im3;
      int bin = firstBin + bins[lane];
      power[bin] = square(sum02Re + sum13Re, sum02Im + sum13Im);
      power[quarter - bin] = square(diff02Re - diff13Im, diff02Im + diff13Re);
      if (second) {
        power[quarter + bin] = square(diff02Re + diff13Im, diff02Im - diff13Re);
      }
      if (third) {
        power[2 * quarter - bin] = square(sum02Re - sum13Re, sum02Im - sum13Im);
      }
    }
  }

  private static double square(double re, double im) {
    return re * re + im * im;
  }
}
