package org.incipit.cli.fpcalc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as the bytes that will be written. File names go through it unchanged, whatever they hold.
 * Grows as needed; not thread-safe.
 */
final class ByteText {
  private byte[] bytes;
  private int length;

  ByteText() {
    this(new byte[4096], 0);
  }

  private ByteText(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** The same text, which further appends here do not change. */
  ByteText copy() {
    return new ByteText(toArray(), length);
  }

  ByteText append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  ByteText append(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  /** Appends the text in UTF-8. */
  ByteText append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a decimal number. */
  ByteText append(long number) {
    if (number < 0) {
      append('-');
    }
    reserve(20);
    int digits = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    length += digits;
    long rest = number;
    for (int at = length - 1; digits > 0; digits--, at--) {
      bytes[at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    }
    return this;
  }

  /** The bytes so far; the first {@link #length()} of them count, until the next append. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  void clear() {
    length = 0;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
