package org.incipit.server.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What every database can hold: PostgreSQL refuses NUL and half a surrogate pair, and would refuse
 * with it all that is stored in the same transaction. So such a text gets no further than the value
 * that it was meant for.
 */
final class Storable {
  private Storable() {}

  /**
   * A text that says something, or null.
   *
   * @throws IllegalArgumentException if it is empty or cannot be stored
   */
  static void text(String name, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + " must be null instead of empty");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            "%s must not have the character U+%04X (at %d)".formatted(name, (int) c, i));
      }
    }
  }

  /**
   * A number in a range, or null.
   *
   * @throws IllegalArgumentException if it is outside
   */
  static void number(String name, @Nullable Integer number, int from, int to) {
    if (number != null && (number < from || number > to)) {
      throw new IllegalArgumentException(
          name + " must be " + from + ".." + to + " (got " + number + ")");
    }
  }
}
