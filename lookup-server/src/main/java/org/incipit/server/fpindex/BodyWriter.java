package org.incipit.server.fpindex;

/** Writes a body as an answer says it. One thread. */
interface BodyWriter {
  /** Begins a map with so many entries. */
  void beginMap(int entries);

  /** The key of a field. */
  void field(String name);

  /** A key that is written in full in every form. */
  void key(String key);

  void endMap();

  /** Begins an array with so many elements. */
  void beginArray(int elements);

  void endArray();

  /** A number, unsigned. */
  void number(long value);

  void bool(boolean value);

  void text(String value);

  /** What was written. */
  byte[] bytes();
}
