package org.incipit.fingerprint.classify;

/**
 * An endless image of which the last rows can be summed over any rectangle in constant time: each
 * row is kept as the sum of everything above and left of its cells (an integral image).
 *
 * <p>The sums grow for ever and are never rebased: their rounding is part of the fingerprint. Row
 * numbers count from the start of the stream.
 */
final class RollingImage {
  private final int columns;
  private final int rowMask;
  private final double[] sums;
  private long rows;

  /**
   * @param columns cells in a row
   * @param height how many of the last rows can be asked for
   */
  RollingImage(int columns, int height) {
    this.columns = columns;
    // One more, for the row above the oldest.
    int capacity = Integer.highestOneBit(height) << 1;
    this.rowMask = capacity - 1;
    this.sums = new double[capacity * columns];
  }

  /** Rows added since the start. */
  long rows() {
    return rows;
  }

  void reset() {
    rows = 0;
  }

  void addRow(double[] row) {
    int at = offset(rows);
    double sum = 0.0;
    for (int column = 0; column < columns; column++) {
      sum = column == 0 ? row[0] : sum + row[column];
      sums[at + column] = sum;
    }
    if (rows > 0) {
      int above = offset(rows - 1);
      for (int column = 0; column < columns; column++) {
        sums[at + column] = sums[above + column] + sums[at + column];
      }
    }
    rows++;
  }

  /** The sum over rows {@code row1..row2-1} and columns {@code column1..column2-1}. */
  double area(long row1, int column1, long row2, int column2) {
    if (row1 == row2 || column1 == column2) {
      return 0.0;
    }
    int bottom = offset(row2 - 1) + column2 - 1;
    double sum = sums[bottom];
    if (row1 == 0) {
      return column1 == 0 ? sum : sum - sums[bottom - column2 + column1];
    }
    int top = offset(row1 - 1) + column2 - 1;
    sum -= sums[top];
    if (column1 == 0) {
      return sum;
    }
    // This order of evaluation is the original's.
    sum -= sums[bottom - column2 + column1];
    return sum + sums[top - column2 + column1];
  }

  private int offset(long row) {
    return ((int) row & rowMask) * columns;
  }
}
