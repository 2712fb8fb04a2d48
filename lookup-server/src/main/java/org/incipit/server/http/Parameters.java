package org.incipit.server.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Named values of a request: of its path, its query string or its form. Typed access refuses
 * nonsense with 400, naming the parameter, what came and what was wanted. Immutable.
 */
public final class Parameters {
  /** No values. */
  public static final Parameters NONE = new Parameters(List.of());

  private final List<String> pairs;

  private Parameters(List<String> pairs) {
    this.pairs = pairs;
  }

  /** Takes a copy. */
  public Parameters(Map<String, List<String>> values) {
    List<String> copy = new ArrayList<>();
    values.forEach((name, all) -> all.forEach(value -> Collections.addAll(copy, name, value)));
    this.pairs = List.copyOf(copy);
  }

  /** Names and values in turn, in the order of the request; takes the list over. */
  static Parameters ofPairs(List<String> namesAndValues) {
    return namesAndValues.isEmpty() ? NONE : new Parameters(namesAndValues);
  }

  /** The first value of this name. */
  public @Nullable String first(String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        return pairs.get(i + 1);
      }
    }
    return null;
  }

  /** All values of this name, in their order. */
  public List<String> all(String name) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        all.add(pairs.get(i + 1));
      }
    }
    return Collections.unmodifiableList(all);
  }

  /** All names with their values, in the order of the request. */
  public Map<String, List<String>> asMap() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      map.computeIfAbsent(pairs.get(i), _ -> new ArrayList<>()).add(pairs.get(i + 1));
    }
    map.replaceAll((_, all) -> List.copyOf(all));
    return Collections.unmodifiableMap(map);
  }

  /**
   * A value that must be there.
   *
   * @throws HttpError 400 if it is not
   */
  public String required(String name) throws HttpError {
    String value = first(name);
    if (value == null) {
      throw new HttpError(400, "parameter " + name + " is missing");
    }
    return value;
  }

  /**
   * A whole number within bounds, both included.
   *
   * @throws HttpError 400 if it is missing or anything else
   */
  public long integer(String name, long least, long most) throws HttpError {
    return integer(name, required(name), least, most);
  }

  /** The same; this number if there is none. */
  public long integer(String name, long least, long most, long otherwise) throws HttpError {
    String value = first(name);
    return value == null ? otherwise : integer(name, value, least, most);
  }

  private static long integer(String name, String value, long least, long most) throws HttpError {
    int digits =
        value.startsWith("-") || value.startsWith("+") ? value.length() - 1 : value.length();
    boolean whole = digits >= 1 && digits <= 18;
    for (int i = value.length() - digits; i < value.length(); i++) {
      whole &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    if (whole) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refused(name, "a whole number from " + least + " to " + most, value);
  }

  /**
   * True for 1, true, yes and on, false for 0, false, no and off; false if there is none.
   *
   * @throws HttpError 400 if it is anything else
   */
  public boolean flag(String name) throws HttpError {
    String value = Optional.ofNullable(first(name)).orElse("0");
    return switch (value) {
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw refused(name, "1 or 0", value);
    };
  }

  /**
   * One of these words.
   *
   * @throws HttpError 400 if it is another
   */
  public String oneOf(String name, List<String> words, String otherwise) throws HttpError {
    String value = first(name);
    if (value == null) {
      return otherwise;
    }
    if (!words.contains(value)) {
      throw refused(name, "one of " + String.join(", ", words), value);
    }
    return value;
  }

  private static HttpError refused(String name, String wanted, String got) {
    List<String> parts = new ArrayList<>(List.of("parameter ", name, " must be ", wanted));
    parts.add(" (got " + (got.length() > 40 ? got.substring(0, 40) + "..." : got) + ")");
    return new HttpError(400, String.join("", parts));
  }
}
