package org.incipit.server.acoustid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of one of several entries have behind their names.
 *
 * @param text {@code .3}; empty for the entry without one
 * @param number -1 for that
 */
record Suffix(String text, long number) {
  /** That of parameters that have none. */
  static final Suffix NONE = new Suffix("", -1);

  private static final int MAX_DIGITS = 18;

  /** Reads an entry. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Suffix suffix) throws ApiError;
  }

  /** The suffix that a name has, without its dot; null if that is no number. */
  static @Nullable Suffix of(String digits) {
    boolean number = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
    for (int i = 0; i < digits.length(); i++) {
      number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return number ? new Suffix("." + digits, Long.parseLong(digits)) : null;
  }

  /**
   * Reads entries, up to so many. Those that cannot be read are left out.
   *
   * @throws ApiError that of the last, if none could be read
   */
  static <T> List<T> read(List<Suffix> suffixes, int most, Reader<T> reader) throws ApiError {
    List<T> entries = new ArrayList<>();
    for (int i = 0; i < suffixes.size() && entries.size() < most; i++) {
      try {
        entries.add(reader.read(suffixes.get(i)));
      } catch (ApiError e) {
        if (entries.isEmpty() && i == suffixes.size() - 1) {
          throw e;
        }
      }
    }
    return entries;
  }
}
