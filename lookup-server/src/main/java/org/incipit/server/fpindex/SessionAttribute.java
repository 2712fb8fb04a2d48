package org.incipit.server.fpindex;

import org.jspecify.annotations.Nullable;

/** What a client of the line protocol can set for its own connection. */
enum SessionAttribute {
  /** Most hits of a search. */
  MAX_RESULTS("max_results", 500, Integer.MAX_VALUE),
  /** The part of the best score that a hit must have, in percent. */
  TOP_SCORE_PERCENT("top_score_percent", 10, 100),
  /** What a search may take, in milliseconds; 0 for as long as it takes. */
  TIMEOUT("timeout", 0, Integer.MAX_VALUE),
  /** How long the next line may keep us waiting, in milliseconds; 0 for ever. */
  IDLE_TIMEOUT("idle_timeout", 60_000, Integer.MAX_VALUE);

  private final String key;
  private final int standard;
  private final int most;

  SessionAttribute(String key, int standard, int most) {
    this.key = key;
    this.standard = standard;
    this.most = most;
  }

  /** The one of this name, null if it is none of these. */
  static @Nullable SessionAttribute named(String key) {
    for (SessionAttribute attribute : values()) {
      if (attribute.key.equals(key)) {
        return attribute;
      }
    }
    return null;
  }

  /** The value of all who set none. */
  int standard() {
    return standard;
  }

  /** Reads a value. */
  int parse(String text) throws LineError {
    long value = LineNumbers.decimal(text);
    if (value < 0 || value > most) {
      throw new LineError("invalid value");
    }
    return (int) value;
  }
}
