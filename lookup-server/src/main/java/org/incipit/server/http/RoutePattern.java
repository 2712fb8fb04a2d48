package org.incipit.server.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The path of a route, cut at its slashes.
 *
 * @param text as it was given
 */
record RoutePattern(String text, List<Segment> segments) {
  enum Kind {
    STATIC,
    ONE,
    REST
  }

  /**
   * What lies between two slashes.
   *
   * @param text the name, or what a static one must be equal to when decoded
   */
  record Segment(Kind kind, String text) {}

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none
   */
  static RoutePattern of(String text) {
    check(text.startsWith("/"), "must begin with a slash", text);
    check(
        text.chars().noneMatch(c -> c == '?' || c == '#' || c == '%' || c <= ' '),
        "must have no query string and no escapes",
        text);
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : text.substring(1).split("/", -1)) {
      check(
          segments.isEmpty() || segments.getLast().kind() != Kind.REST,
          "must end with its wildcard",
          text);
      Segment segment = segment(part, text);
      check(
          segment.kind() == Kind.STATIC || names.add(segment.text()),
          "has the name " + segment.text() + " twice,",
          text);
      segments.add(segment);
    }
    return new RoutePattern(text, List.copyOf(segments));
  }

  private static Segment segment(String part, String text) {
    if (part.startsWith(":")) {
      check(part.length() > 1, "has a segment without a name,", text);
      return new Segment(Kind.ONE, part.substring(1));
    }
    if (part.startsWith("*")) {
      return new Segment(Kind.REST, part.length() > 1 ? part.substring(1) : "*");
    }
    return new Segment(Kind.STATIC, part);
  }

  private static void check(boolean holds, String wanted, String text) {
    if (!holds) {
      throw new IllegalArgumentException("a route " + wanted + " (got " + text + ")");
    }
  }

  /** How many names it has. */
  long names() {
    return segments.stream().filter(segment -> segment.kind() != Kind.STATIC).count();
  }

  /** Whether it ends with a wildcard. */
  boolean hasRest() {
    return segments.getLast().kind() == Kind.REST;
  }

  /** The decoded values of the names; the path must match and be well-formed. */
  Parameters values(String path) {
    List<String> pairs = new ArrayList<>(2 * segments.size());
    int from = 1;
    for (Segment segment : segments) {
      int to = segment.kind() == Kind.REST ? path.length() : endOfSegment(path, from);
      if (segment.kind() != Kind.STATIC) {
        pairs.add(segment.text());
        pairs.add(String.valueOf(PercentCode.decode(path, from, to, false)));
      }
      from = to + 1;
    }
    return Parameters.ofPairs(pairs);
  }

  /** Whether a path begins with segments that match all of these. */
  boolean isPrefixOf(String path) {
    int from = 1;
    for (Segment segment : segments) {
      if (from > path.length()) {
        return false;
      }
      int to = endOfSegment(path, from);
      boolean matches =
          segment.kind() == Kind.STATIC ? isSame(segment.text(), path, from, to) : to > from;
      if (!matches) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  /** Where the segment ends that begins here. */
  static int endOfSegment(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  /** Whether a part of a path is this when decoded. */
  static boolean isSame(String text, String path, int from, int to) {
    if (to - from == text.length() && path.startsWith(text, from)) {
      return true;
    }
    for (int at = from; at < to; at++) {
      if (path.charAt(at) == '%' || path.charAt(at) >= 0x80) {
        return text.equals(PercentCode.decode(path, from, to, false));
      }
    }
    return false;
  }
}
