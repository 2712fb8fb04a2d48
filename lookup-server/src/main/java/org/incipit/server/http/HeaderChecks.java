package org.incipit.server.http;

/**
 * Keeps answers whole: a header that is set must not be able to end its line (RFC 9110, 5.1 and
 * 5.5).
 */
public final class HeaderChecks {
  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private HeaderChecks() {}

  /**
   * Returns a header's name.
   *
   * @throws IllegalArgumentException if it is no token
   */
  public static String name(String name) {
    return token("header name", name);
  }

  /**
   * Returns a header's value.
   *
   * @throws IllegalArgumentException if it holds control characters, but for tabs, or anything
   *     beyond ISO 8859-1
   */
  public static String value(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F || c > 0xFF) {
        throw new IllegalArgumentException(
            "header %s must not hold the character U+%04X".formatted(name, (int) c));
      }
    }
    return value;
  }

  static String token(String what, String text) {
    boolean valid = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      valid &= letter || MARKS.indexOf(c) >= 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(what + " must be a token (got \"" + text + "\")");
    }
    return text;
  }
}
