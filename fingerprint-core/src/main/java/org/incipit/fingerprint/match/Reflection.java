package org.incipit.fingerprint.match;

/**
 * Continues a signal beyond its ends by mirroring it there, the outermost value counted twice:
 * {@code … x1 x0 | x0 x1 … x(n-1) | x(n-1) …}, again and again.
 */
final class Reflection {
  private Reflection() {}

  /**
   * The index 0..size-1 that stands at {@code index}, which may be any; {@code size} at least 1.
   */
  static int index(int index, int size) {
    if (index >= 0 && index < size) {
      return index;
    }
    int within = Math.floorMod(index, 2 * size);
    return within < size ? within : 2 * size - 1 - within;
  }
}
