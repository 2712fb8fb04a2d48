package org.incipit.server.http;

import java.util.ArrayList;
import java.util.List;

/** Cookies in headers (RFC 6265): read leniently, written strictly. */
public final class Cookies {
  private Cookies() {}

  /**
   * Reads {@code Cookie} headers. Skips what is no pair; takes quotation marks from around values.
   *
   * @param headers values of all of this name
   */
  public static Parameters parse(List<String> headers) {
    List<String> pairs = new ArrayList<>();
    for (String header : headers) {
      int to;
      for (int from = 0; from < header.length(); from = to + 1) {
        int semicolon = header.indexOf(';', from);
        to = semicolon < 0 ? header.length() : semicolon;
        int equals = header.indexOf('=', from);
        if (equals >= 0 && equals < to) {
          String name = header.substring(from, equals).strip();
          if (!name.isEmpty()) {
            pairs.add(name);
            pairs.add(unquoted(header.substring(equals + 1, to).strip()));
          }
        }
      }
    }
    return Parameters.ofPairs(pairs);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /**
   * The value of a {@code Set-Cookie} header.
   *
   * @throws IllegalArgumentException if a part holds characters that it must not
   */
  public static String format(Response.Cookie cookie) {
    HeaderChecks.token("cookie name", cookie.name());
    check("value", cookie.value(), "\",;\\ ");
    check("path", cookie.path(), ";");
    StringBuilder header = new StringBuilder(cookie.name()).append('=').append(cookie.value());
    if (!cookie.path().isEmpty()) {
      header.append("; Path=").append(cookie.path());
    }
    if (cookie.maxAge() >= 0) {
      header.append("; Max-Age=").append(cookie.maxAge());
    }
    header.append(cookie.secure() ? "; Secure" : "").append(cookie.httpOnly() ? "; HttpOnly" : "");
    return header.append("; SameSite=Lax").toString();
  }

  private static void check(String part, String text, String excluded) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7E || excluded.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "cookie %s must not hold the character U+%04X".formatted(part, (int) c));
      }
    }
  }
}
