package org.incipit.server.acoustid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Request;
import org.jspecify.annotations.Nullable;

/** The parameters of a request: those of its query string, then those of its form. One thread. */
final class Arguments {
  /** Names and values; Picard's batches of 1 MB have some 20000 if files are short. */
  private static final int MAX_PARAMETERS = 30_000;

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?[0-9]{1,18})\\s*");
  private static final Pattern DURATION =
      Pattern.compile("\\s*([+-]?[0-9]{1,18})(?:\\.[0-9]*)?\\s*");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  /**
   * Adds those of the form in the body.
   *
   * @throws ApiError 19
   * @throws HttpError if the body cannot be read
   */
  void addForm(Request request) throws ApiError, HttpError, IOException {
    if (request.hasBody()) {
      String header = request.headers().first("Content-Type");
      String type = header == null ? "" : header.toLowerCase(Locale.ROOT);
      if (type.startsWith("application/x-www-form-urlencoded")) {
        FormText.read(new String(request.body(), StandardCharsets.ISO_8859_1), this::add);
      } else if (type.startsWith("multipart/form-data")) {
        Map<String, List<String>> fields = request.form().fields().asMap();
        fields.forEach((name, all) -> all.forEach(value -> add(name, value)));
      }
    }
    requireFew();
  }

  /** Those of the query string alone, until {@link #addForm}. */
  static Arguments ofQuery(Request request) {
    Arguments arguments = new Arguments();
    FormText.read(request.queryString(), arguments::add);
    return arguments;
  }

  /** Those of a form. */
  static Arguments ofForm(String text) throws ApiError {
    Arguments arguments = new Arguments();
    FormText.read(text, arguments::add);
    arguments.requireFew();
    return arguments;
  }

  private void requireFew() throws ApiError {
    if (count > MAX_PARAMETERS) {
      throw ApiError.tooLarge();
    }
  }

  private void add(String name, String value) {
    count++;
    if (count <= MAX_PARAMETERS) {
      values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }
  }

  /** The first value; null if there is none. */
  @Nullable String first(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.getFirst();
  }

  /** All values in their order. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A value that must not be empty.
   *
   * @throws ApiError 2
   */
  String required(String name) throws ApiError {
    String value = first(name);
    if (value == null || value.isEmpty()) {
      throw ApiError.missing(name);
    }
    return value;
  }

  /** A whole number; this one if there is none, or it is something else. */
  long number(String name, long otherwise) {
    String value = first(name);
    Long number = value == null ? null : number(value);
    return number == null ? otherwise : number;
  }

  static @Nullable Long number(String text) {
    var matcher = NUMBER.matcher(text);
    return matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
  }

  /**
   * Whole seconds; a fraction is cut off.
   *
   * @throws ApiError 2 if it is missing, 0 or no number; 8 if it is negative
   */
  int duration(String name) throws ApiError {
    var matcher = DURATION.matcher(required(name));
    long seconds = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    if (seconds == 0) {
      throw ApiError.missing(name);
    } else if (seconds < 0) {
      throw ApiError.invalidDuration(name);
    }
    return (int) Math.min(seconds, Integer.MAX_VALUE);
  }

  /**
   * The UUID that a value of this parameter is.
   *
   * @throws ApiError 7
   */
  static UUID uuid(String name, String value) throws ApiError {
    if (!UUID_TEXT.matcher(value).matches()) {
      throw ApiError.invalidUuid(name);
    }
    return UUID.fromString(value);
  }

  /** The entries that have a parameter of one of these names, that without a suffix first. */
  List<Suffix> suffixes(String... names) {
    TreeMap<Long, Suffix> found = new TreeMap<>();
    for (String key : values.keySet()) {
      for (String name : names) {
        if (key.startsWith(name)) {
          Suffix suffix = suffix(key.substring(name.length()));
          if (suffix != null) {
            found.putIfAbsent(suffix.number(), suffix);
          }
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static @Nullable Suffix suffix(String rest) {
    if (rest.isEmpty()) {
      return Suffix.NONE;
    }
    return rest.charAt(0) == '.' ? Suffix.of(rest.substring(1)) : null;
  }
}
