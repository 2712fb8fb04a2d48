package org.incipit.fingerprint.match;

/**
 * The Fourier transform of integers modulo a prime: exact, so that convolutions by it are counts
 * and not nearly so. Source: J. M. Pollard, "The fast Fourier transform in a finite field", 1971.
 */
final class NumberTheoreticTransform {
  /** Values and results are below it. */
  static final int PRIME = 119 * (1 << 23) + 1;

  /** Its powers are all the numbers 1..PRIME-1. */
  private static final int GENERATOR = 3;

  /** Above this there are no roots of unity modulo {@link #PRIME}. */
  private static final int MAX_SIZE = 1 << 23;

  private final int size;
  private final int inverseOfSize;

  /** At {@code half + k}: the k-th power of the root of unity of order {@code 2 * half}. */
  private final int[] roots;

  /** {@link #roots} as unsigned fractions of {@link #PRIME}: what spares the division. */
  private final int[] fractions;

  /**
   * @param size how many values, a power of two 1..2^23
   */
  NumberTheoreticTransform(int size) {
    if (size < 1 || Integer.bitCount(size) != 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("size must be a power of two to 2^23 (got " + size + ")");
    }
    this.size = size;
    inverseOfSize = power(size, PRIME - 2);
    roots = new int[size];
    fractions = new int[size];
    for (int half = 1; half < size; half *= 2) {
      int root = power(GENERATOR, (PRIME - 1) / (2 * half));
      int value = 1;
      for (int k = half; k < 2 * half; k++) {
        roots[k] = value;
        fractions[k] = (int) (((long) value << Integer.SIZE) / PRIME);
        value = multiply(value, root);
      }
    }
  }

  /** Transforms in place; the result is in bit-reversed order. */
  void forward(int[] values) {
    for (int half = size / 2; half > 0; half /= 2) {
      for (int block = 0; block < size; block += 2 * half) {
        for (int k = 0; k < half; k++) {
          int u = values[block + k];
          int v = values[block + k + half];
          values[block + k] = reduced(u + v);
          values[block + k + half] = byRoot(u - v + PRIME, half + k);
        }
      }
    }
  }

  /**
   * Transforms back in place, from bit-reversed order, except that value {@code k} ends up at
   * {@code -k} modulo the size.
   */
  void backwardMirrored(int[] values) {
    for (int half = 1; half < size; half *= 2) {
      for (int block = 0; block < size; block += 2 * half) {
        for (int k = 0; k < half; k++) {
          int u = values[block + k];
          int v = byRoot(values[block + k + half], half + k);
          values[block + k] = reduced(u + v);
          values[block + k + half] = reduced(u - v + PRIME);
        }
      }
    }
    for (int k = 0; k < size; k++) {
      values[k] = multiply(values[k], inverseOfSize);
    }
  }

  /** {@code value}, any non-negative int, times a root. */
  private int byRoot(int value, int root) {
    // V. Shoup's method: the quotient is exact or one too small.
    long quotient = (value * (fractions[root] & 0xFFFF_FFFFL)) >>> Integer.SIZE;
    return reduced((int) ((long) value * roots[root] - quotient * PRIME));
  }

  /** A number 0..2 * PRIME - 1 less the prime, if that can be. */
  private static int reduced(int value) {
    int less = value - PRIME;
    return less + ((less >> (Integer.SIZE - 1)) & PRIME);
  }

  private static int multiply(int a, int b) {
    return (int) ((long) a * b % PRIME);
  }

  private static int power(int base, int exponent) {
    int result = 1;
    int square = base;
    for (int rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }
}
