package org.incipit.server.catalog;

import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.fingerprint.codec.FingerprintFormatException;

/** A fingerprint as it is stored: in the compressed form of {@link FingerprintCodec}. */
final class PackedBytes {
  /** What a byte becomes at most: 8 bits are less than three items of 3 bits and 4 bytes each. */
  private static final long MOST_GROWTH = 12;

  private final byte[] bytes;

  PackedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static PackedBytes of(Fingerprint fingerprint) {
    return new PackedBytes(FingerprintCodec.compress(fingerprint));
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes of memory that it takes, packed or unpacked, whichever is more. */
  long weight() {
    try {
      long items = FingerprintCodec.header(bytes).size();
      return Math.max(bytes.length, Math.min(items * Integer.BYTES, bytes.length * MOST_GROWTH));
    } catch (FingerprintFormatException e) {
      return bytes.length;
    }
  }

  /**
   * The fingerprint that it stands for.
   *
   * @throws FingerprintFormatException if the bytes are damaged
   */
  Fingerprint unpack() throws FingerprintFormatException {
    return FingerprintCodec.decompress(bytes);
  }
}
