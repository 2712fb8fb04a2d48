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
  public static final Parameters NONE = new Parameters(Map.of());

  private final Map<String, List<String>> values;

  /** Takes a copy. */
  public Parameters(Map<String, List<String>> values) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
    this.values = Collections.unmodifiableMap(copy);
  }

  /** The first value of this name. */
  public @Nullable String first(String name) {
    List<String> all = values.get(name);
    return all == null || all.isEmpty() ? null : all.getFirst();
  }

  /** All values of this name, in their order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** All names with their values, in the order of the request. */
  public Map<String, List<String>> asMap() {
    return values;
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
    if (value.matches("[+-]?[0-9]{1,18}")) {
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
