package org.incipit.fingerprint.codec;

import org.incipit.fingerprint.Fingerprint;

/** Writes the bytes of a fingerprint: once over the items to measure, once to write. */
final class Compressor {
  static final int NEAR_BITS = 3;
  static final int FAR_BITS = 5;

  /** The near value that says: this and a far value. */
  static final int ESCAPE = 7;

  private Compressor() {}

  static byte[] compress(Fingerprint fingerprint) {
    int size = fingerprint.size();
    if (size > FingerprintCodec.MAX_SIZE) {
      throw new IllegalArgumentException(
          "a fingerprint to compress has at most "
              + FingerprintCodec.MAX_SIZE
              + " items (got "
              + size
              + ")");
    }
    long near = size;
    long far = 0;
    int previous = 0;
    for (int i = 0; i < size; i++) {
      int changes = fingerprint.at(i) ^ previous;
      previous = fingerprint.at(i);
      near += Integer.bitCount(changes);
      far += Integer.bitCount(escaped(changes));
    }
    // At most 33 near values for each item: 208 MB.
    int nearBytes = (int) wholeBytes(near * NEAR_BITS);
    int farBytes = (int) wholeBytes(far * FAR_BITS);
    byte[] bytes = new byte[FingerprintHeader.BYTES + nearBytes + farBytes];
    new FingerprintHeader(fingerprint.algorithmId(), size).write(bytes);
    write(
        fingerprint,
        new BitWriter(bytes, FingerprintHeader.BYTES),
        new BitWriter(bytes, FingerprintHeader.BYTES + nearBytes));
    return bytes;
  }

  private static void write(Fingerprint fingerprint, BitWriter near, BitWriter far) {
    int previous = 0;
    for (int i = 0; i < fingerprint.size(); i++) {
      // A long: the distance may be 32, and an int shifted by 32 stays what it is.
      long changes = (fingerprint.at(i) ^ previous) & 0xFFFFFFFFL;
      previous = fingerprint.at(i);
      while (changes != 0) {
        int distance = Long.numberOfTrailingZeros(changes) + 1;
        changes >>>= distance;
        if (distance >= ESCAPE) {
          far.append(distance - ESCAPE, FAR_BITS);
          distance = ESCAPE;
        }
        near.append(distance, NEAR_BITS);
      }
      near.append(0, NEAR_BITS);
    }
    near.finish();
    far.finish();
  }

  /** The set bits whose distance is at least {@link #ESCAPE}: none is set in the six below. */
  private static int escaped(int changes) {
    int within2 = changes | changes << 1;
    int within4 = within2 | within2 << 2;
    int within6 = within4 | within2 << 4;
    return changes & ~(within6 << 1) & -1 << (ESCAPE - 1);
  }

  static long wholeBytes(long bits) {
    return (bits + 7) / 8;
  }
}
