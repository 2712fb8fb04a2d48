package org.incipit.server.fpindex;

/** Numbers as the line protocol has them. */
final class LineNumbers {
  private static final int MOST_DIGITS = 10;
  private static final long MOST_ID = 0xFFFF_FFFFL;

  private LineNumbers() {}

  /**
   * Hashes between commas, signed or unsigned: of each number of 64 bits the low 32 are the hash.
   */
  static int[] hashes(String text) throws LineError {
    int length = text.length();
    int count = 1;
    int commas = 0;
    for (int at = 0; at < length; at++) {
      if (text.charAt(at) == ',') {
        commas++;
      }
    }
    if (commas == length) {
      throw new LineError("empty fingerprint");
    }
    count += commas;
    int[] hashes = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int comma = text.indexOf(',', at);
      int end = comma < 0 ? length : comma;
      hashes[i] = (int) signed(text, at, end);
      at = end + 1;
    }
    return hashes;
  }

  private static long signed(String text, int from, int to) throws LineError {
    int at = from;
    boolean negative = at < to && text.charAt(at) == '-';
    if (negative || (at < to && text.charAt(at) == '+')) {
      at++;
    }
    if (at == to) {
      throw invalid();
    }
    // Downwards, since there is one more negative number than positive ones.
    long value = 0;
    for (; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        throw invalid();
      }
      value = (value * 10) - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw invalid();
    }
    return negative ? value : -value;
  }

  private static LineError invalid() {
    return new LineError("invalid fingerprint");
  }

  /** The id of a document, 1..4294967295, as an unsigned int. */
  static int id(String text) throws LineError {
    long id = decimal(text);
    if (id < 1 || id > MOST_ID) {
      throw new LineError("invalid document id");
    }
    return (int) id;
  }

  /** A number of at most ten digits and nothing else; -1 if it is none. */
  static long decimal(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int at = 0; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = (value * 10) + digit;
    }
    return value;
  }
}
