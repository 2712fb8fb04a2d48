package org.incipit.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding (RFC 3986, 2.1) of UTF-8. Characters from 0x80 to 0xFF that came without an
 * escape stand for the byte that they were on the wire.
 */
final class PercentCode {
  private PercentCode() {}

  /** Whether a text is not what it stands for. */
  static boolean isEscaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%' || text.charAt(i) >= 0x80) {
        return true;
      }
    }
    return false;
  }

  /**
   * Decodes a part of a text.
   *
   * @param plus whether a plus sign stands for a space
   * @return null if an escape is malformed or the bytes are no UTF-8
   */
  static @Nullable String decode(String text, int from, int to, boolean plus) {
    int at = from;
    while (at < to && isPlain(text.charAt(at), plus)) {
      at++;
    }
    return at == to ? text.substring(from, to) : decodeBytes(text, from, to, plus);
  }

  private static boolean isPlain(char c, boolean plus) {
    return c != '%' && c < 0x80 && !(plus && c == '+');
  }

  private static @Nullable String decodeBytes(String text, int from, int to, boolean plus) {
    byte[] bytes = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      int c = text.charAt(at);
      if (c == '%') {
        c = at + 2 < to ? hexPair(text.charAt(at + 1), text.charAt(at + 2)) : -1;
        at += 2;
      } else if (plus && c == '+') {
        c = ' ';
      }
      if (c < 0 || c > 0xFF) {
        return null;
      }
      bytes[length++] = (byte) c;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException noUtf8) {
      return null;
    }
  }

  private static int hexPair(char high, char low) {
    int h = high < 0x80 ? Character.digit(high, 16) : -1;
    int l = low < 0x80 ? Character.digit(low, 16) : -1;
    return h < 0 || l < 0 ? -1 : 16 * h + l;
  }
}
