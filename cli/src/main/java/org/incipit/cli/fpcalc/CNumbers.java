package org.incipit.cli.fpcalc;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as C's {@code atoi}, {@code atof} and {@code printf("%.2f")} read and write them: the
 * longest prefix that is a number counts, anything else is 0.
 */
final class CNumbers {
  private CNumbers() {}

  /**
   * {@code atoi} of a 64-bit C library: read as a {@code long} that saturates, of which the lower
   * 32 bits are taken.
   */
  static int atoi(byte[] text) {
    int at = skipSpace(text);
    boolean negative = false;
    if (at < text.length && (text[at] == '-' || text[at] == '+')) {
      negative = text[at++] == '-';
    }
    long value = 0;
    for (; isDigit(text, at); at++) {
      int digit = text[at] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return (int) (negative ? Long.MIN_VALUE : Long.MAX_VALUE);
      }
      value = value * 10 + digit;
    }
    return (int) (negative ? -value : value);
  }

  /** {@code atof}: decimal or hexadecimal, with or without an exponent, infinity, or NaN. */
  static double atof(byte[] text) {
    int begin = skipSpace(text);
    int at = begin;
    if (at < text.length && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    double sign = at > begin && text[begin] == '-' ? -1 : 1;
    if (startsWith(text, at, "inf")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (startsWith(text, at, "nan")) {
      return Double.NaN;
    }
    int end = numberEnd(text, at);
    if (end == at) {
      return 0;
    }
    String number = new String(text, at, end - at, StandardCharsets.ISO_8859_1);
    boolean hex = number.length() > 1 && (number.charAt(1) | 0x20) == 'x';
    boolean needsExponent = hex && number.indexOf('p') < 0 && number.indexOf('P') < 0;
    return sign * Double.parseDouble(needsExponent ? number.concat("p0") : number);
  }

  /** Whether {@link #atof} makes use of every byte, and of at least one. */
  static boolean isWholeNumber(byte[] text) {
    int at = skipSpace(text);
    if (at < text.length && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    if (startsWith(text, at, "infinity")) {
      return at + 8 == text.length;
    }
    if (startsWith(text, at, "inf") || startsWith(text, at, "nan")) {
      return at + 3 == text.length;
    }
    int end = numberEnd(text, at);
    return end > at && end == text.length;
  }

  /**
   * The end of the longest number that begins at {@code at}; {@code at} itself if there is none.
   */
  private static int numberEnd(byte[] text, int at) {
    if (at + 1 < text.length && text[at] == '0' && (text[at + 1] | 0x20) == 'x') {
      int end = numberEnd(text, at + 2, true);
      return end > at + 2 ? end : at + 1;
    }
    return numberEnd(text, at, false);
  }

  private static int numberEnd(byte[] text, int from, boolean hex) {
    int at = from;
    while (isDigit(text, at, hex)) {
      at++;
    }
    int digits = at - from;
    if (at < text.length && text[at] == '.') {
      int fraction = at + 1;
      while (isDigit(text, fraction, hex)) {
        fraction++;
      }
      digits += fraction - at - 1;
      at = fraction;
    }
    if (digits == 0) {
      return from;
    }
    if (at < text.length && (text[at] | 0x20) == (hex ? 'p' : 'e')) {
      int exponent = at + 1;
      if (exponent < text.length && (text[exponent] == '-' || text[exponent] == '+')) {
        exponent++;
      }
      if (isDigit(text, exponent)) {
        while (isDigit(text, exponent)) {
          exponent++;
        }
        at = exponent;
      }
    }
    return at;
  }

  /**
   * Appends {@code %.2f}: the exact binary value, rounded half to even.
   *
   * @param value finite
   */
  static void appendFixed2(ByteText to, double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (bits < 0) {
      to.append('-');
    }
    int biased = (int) (bits >>> 52) & 0x7FF;
    long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
    int exponent = Math.max(biased, 1) - 1075;
    if (biased != 0) {
      mantissa |= 1L << 52;
    }
    if (exponent >= 0) {
      to.append(new java.math.BigDecimal(Math.abs(value)).toBigIntegerExact().toString())
          .append(".00");
      return;
    }
    // value * 100 = hundredths + rest / 2^-exponent, in whole numbers; beyond 62 bits nothing is
    // left
    long scaled = mantissa * 100;
    int shift = Math.min(-exponent, 62);
    long hundredths = scaled >>> shift;
    long rest = scaled - (hundredths << shift);
    long half = 1L << (shift - 1);
    if (rest > half || (rest == half && (hundredths & 1) == 1)) {
      hundredths++;
    }
    to.append(hundredths / 100).append('.');
    to.append((char) ('0' + hundredths / 10 % 10)).append((char) ('0' + hundredths % 10));
  }

  private static int skipSpace(byte[] text) {
    int at = 0;
    while (at < text.length && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte[] text, int at) {
    return at < text.length && text[at] >= '0' && text[at] <= '9';
  }

  private static boolean isDigit(byte[] text, int at, boolean hex) {
    return isDigit(text, at)
        || (hex && at < text.length && (text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'f');
  }

  private static boolean startsWith(byte[] text, int at, String lower) {
    if (text.length - at < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if ((text[at + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
