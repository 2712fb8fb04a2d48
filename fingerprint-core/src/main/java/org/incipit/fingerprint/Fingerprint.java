package org.incipit.fingerprint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An audio fingerprint: the 32-bit sub-fingerprints of one stretch of audio, in order, and the id
 * of the algorithm that made them. Immutable.
 *
 * <p>A sub-fingerprint is an unsigned number held in an {@code int}; {@link
 * Integer#toUnsignedString(int)} prints it as {@code fpcalc -raw} does.
 */
public final class Fingerprint {
  private final int algorithmId;
  private final int[] items;

  private Fingerprint(int algorithmId, int[] items) {
    this.algorithmId = algorithmId;
    this.items = items;
  }

  /**
   * A fingerprint of sub-fingerprints computed elsewhere; the array is copied.
   *
   * @param algorithmId 0..255; ids without an {@link Algorithm} are kept as they are
   * @throws IllegalArgumentException if the id is not 0..255
   */
  public static Fingerprint ofId(int algorithmId, int... items) {
    return copyOf(algorithmId, items, 0, items.length);
  }

  /** A fingerprint of {@link Algorithm#id() this algorithm}; the array is copied. */
  public static Fingerprint of(Algorithm algorithm, int... items) {
    return copyOf(algorithm.id(), items, 0, items.length);
  }

  /**
   * A fingerprint of {@code items[from..to)}, copied.
   *
   * @throws IllegalArgumentException if the id is not 0..255
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static Fingerprint copyOf(int algorithmId, int[] items, int from, int to) {
    if (algorithmId < 0 || algorithmId > 255) {
      throw new IllegalArgumentException("algorithm id must be 0..255 (got " + algorithmId + ")");
    }
    if (from < 0 || from > to || to > items.length) {
      throw new IndexOutOfBoundsException(
          "range " + from + ".." + to + " of " + items.length + " items");
    }
    return new Fingerprint(algorithmId, Arrays.copyOfRange(items, from, to));
  }

  /** The id 0..255 of the algorithm; usually that of an {@link Algorithm}. */
  public int algorithmId() {
    return algorithmId;
  }

  /** The number of sub-fingerprints. */
  public int size() {
    return items.length;
  }

  public boolean isEmpty() {
    return items.length == 0;
  }

  /** Sub-fingerprint {@code index}, 0 the earliest. */
  public int at(int index) {
    return items[index];
  }

  /** The sub-fingerprints, in a new array. */
  public int[] toArray() {
    return items.clone();
  }

  /** Copies sub-fingerprints {@code from..to-1} to {@code into[offset…]}. */
  public void copyTo(int from, int to, int[] into, int offset) {
    System.arraycopy(items, from, into, offset, to - from);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that
        && algorithmId == that.algorithmId
        && Arrays.equals(items, that.items);
  }

  @Override
  public int hashCode() {
    return 31 * algorithmId + Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return "Fingerprint[algorithm " + algorithmId + ", " + items.length + " items]";
  }
}
