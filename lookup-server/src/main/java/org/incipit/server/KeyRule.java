package org.incipit.server;

/** Whose keys the web service takes. */
public enum KeyRule {
  /** Any. */
  OPEN,
  /** Those that the catalogue knows. */
  REQUIRED
}
