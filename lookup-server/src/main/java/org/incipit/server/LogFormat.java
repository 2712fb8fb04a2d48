package org.incipit.server;

/** What a line of the log is. */
public enum LogFormat {
  /** Time, level, where, what. */
  TEXT,
  /**
   * A JSON object with the same as {@code time}, {@code level}, {@code logger}, {@code message}.
   */
  JSON
}
