package org.incipit.server.acoustid;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads {@code name=value&name=value}, refusing nothing: what is not percent-encoded stands for
 * itself ({@code 100%}), bytes that are no UTF-8 for U+FFFD. Scripts write their forms by hand, and
 * the original takes them.
 */
final class FormText {
  private FormText() {}

  /** Passes on the pairs in their order. A character of the text is a byte. */
  static void read(String text, BiConsumer<String, String> to) {
    int end;
    for (int from = 0; from < text.length(); from = end + 1) {
      int and = text.indexOf('&', from);
      end = and < 0 ? text.length() : and;
      if (end > from) {
        int equals = text.indexOf('=', from);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        to.accept(decode(text, from, nameEnd), decode(text, Math.min(nameEnd + 1, end), end));
      }
    }
  }

  private static String decode(String text, int from, int to) {
    int at = from;
    while (at < to && isPlain(text.charAt(at))) {
      at++;
    }
    return at == to ? text.substring(from, to) : decodeBytes(text, from, to);
  }

  private static boolean isPlain(char c) {
    return c != '%' && c != '+' && c < 0x80;
  }

  private static String decodeBytes(String text, int from, int to) {
    byte[] bytes = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      int escaped = c == '%' && at + 2 < to ? hexPair(text, at + 1) : -1;
      if (escaped >= 0) {
        at += 2;
        bytes[length++] = (byte) escaped;
      } else {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int hexPair(String text, int at) {
    int high = digit(text.charAt(at));
    int low = digit(text.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
