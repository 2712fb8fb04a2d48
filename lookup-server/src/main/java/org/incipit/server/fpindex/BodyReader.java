package org.incipit.server.fpindex;

import org.jspecify.annotations.Nullable;

/**
 * Reads a body as the reader of a request asks for it. What is not there, or is something else, is
 * refused with its position; lengths are checked before anything is allocated. One thread.
 */
interface BodyReader {
  /** The most maps and arrays inside each other. */
  int MAX_DEPTH = 8;

  /** Begins a map. */
  void enterMap() throws BodyFormatException;

  /**
   * The next key of a map of fields, whose value is to be read next; null at the end of the map.
   * Fields whose value is nil are passed over where that is allowed.
   *
   * @return one of these names
   */
  @Nullable String field(Fields fields) throws BodyFormatException;

  /** The next key of a map with any keys, null at its end. */
  @Nullable String key() throws BodyFormatException;

  /** Begins an array. */
  void enterArray() throws BodyFormatException;

  /** Whether the array has one more element, to be read next; ends it if not. */
  boolean hasNext() throws BodyFormatException;

  /** A number of 0..4294967295. */
  long u32() throws BodyFormatException;

  /** An unsigned number of 64 bits. */
  long u64() throws BodyFormatException;

  boolean bool() throws BodyFormatException;

  String text() throws BodyFormatException;

  /**
   * An array of unsigned 32-bit numbers.
   *
   * @param most how many there may be
   * @param charge told of all of them, before there is memory for them
   */
  int[] hashes(int most, HashCharge charge) throws BodyFormatException, Refusal;

  /** Refuses anything that follows. */
  void end() throws BodyFormatException;

  /** Refuses what was read last, for a reason that the reader cannot know. */
  BodyFormatException refusal(String what);

  /** The same value, unless it is missing. */
  default <T> T required(String name, @Nullable T value) throws BodyFormatException {
    if (value == null) {
      throw refusal(name + " is missing");
    }
    return value;
  }
}
