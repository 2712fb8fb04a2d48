package org.incipit.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code name=value&name=value} as HTML forms write it, percent-encoded UTF-8 with plus signs
 * for spaces. Names may repeat and keep their order; one without an equals sign has the empty
 * value; empty pieces are skipped.
 */
public final class QueryString {
  /** Parameters that a request may have if nobody says otherwise. */
  public static final int DEFAULT_MOST = 1000;

  private QueryString() {}

  /**
   * Reads the query string of a request.
   *
   * @param text without the question mark
   * @param most parameters
   * @throws HttpError 400 if it has more, or cannot be decoded
   */
  public static Parameters parse(String text, int most) throws HttpError {
    return parse("query string", text, most);
  }

  /** The same for a body of the type {@code application/x-www-form-urlencoded}. */
  public static Parameters parseForm(byte[] body, int most) throws HttpError {
    return parse("form", new String(body, StandardCharsets.ISO_8859_1), most);
  }

  private static Parameters parse(String what, String text, int most) throws HttpError {
    List<String> pairs = new ArrayList<>();
    int to;
    for (int from = 0; from < text.length(); from = to + 1) {
      int and = text.indexOf('&', from);
      to = and < 0 ? text.length() : and;
      if (to == from) {
        continue;
      }
      if (pairs.size() >= 2 * most) {
        throw new HttpError(400, "the " + what + " has more than " + most + " parameters");
      }
      int equals = text.indexOf('=', from);
      int endOfName = equals < 0 || equals > to ? to : equals;
      pairs.add(decode(what, text, from, endOfName));
      pairs.add(decode(what, text, Math.min(endOfName + 1, to), to));
    }
    return Parameters.ofPairs(pairs);
  }

  private static String decode(String what, String text, int from, int to) throws HttpError {
    String decoded = PercentCode.decode(text, from, to, true);
    if (decoded == null) {
      throw new HttpError(
          400, "the %s is not percent-encoded UTF-8 (from character %d)".formatted(what, from));
    }
    return decoded;
  }
}
