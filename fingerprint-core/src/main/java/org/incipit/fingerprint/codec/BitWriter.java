package org.incipit.fingerprint.codec;

/** Appends values of a few bits to a byte array, the first in the lowest bits of its first byte. */
final class BitWriter {
  private final byte[] bytes;
  private int at;
  private int pending;
  private int pendingBits;

  /** Writes to {@code bytes[at…]}, which stays the caller's. */
  BitWriter(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Appends the {@code width} (1..8) bits of {@code value}, which has no others. */
  void append(int value, int width) {
    pending |= value << pendingBits;
    pendingBits += width;
    if (pendingBits >= 24) {
      bytes[at] = (byte) pending;
      bytes[at + 1] = (byte) (pending >> 8);
      bytes[at + 2] = (byte) (pending >> 16);
      at += 3;
      pending >>>= 24;
      pendingBits -= 24;
    }
  }

  /** Writes what is left, with zero bits up to a whole byte. */
  void finish() {
    for (; pendingBits > 0; pendingBits -= 8) {
      bytes[at++] = (byte) pending;
      pending >>>= 8;
    }
  }
}
