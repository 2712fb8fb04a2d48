package org.incipit.fingerprint.codec;

/**
 * What the first four bytes of a compressed fingerprint claim. That the items are there is not
 * known before the fingerprint is decoded.
 *
 * @param algorithmId 0..255
 * @param size the number of items, 0..{@value FingerprintCodec#MAX_SIZE}
 */
public record FingerprintHeader(int algorithmId, int size) {
  static final int BYTES = 4;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public FingerprintHeader {
    if (algorithmId < 0 || algorithmId > 255) {
      throw new IllegalArgumentException("algorithm id must be 0..255 (got " + algorithmId + ")");
    }
    if (size < 0 || size > FingerprintCodec.MAX_SIZE) {
      throw new IllegalArgumentException(
          "size must be 0.." + FingerprintCodec.MAX_SIZE + " (got " + size + ")");
    }
  }

  static FingerprintHeader read(byte[] bytes, int from, int to) throws FingerprintFormatException {
    if (to - from < BYTES) {
      throw new FingerprintFormatException(
          "a fingerprint begins with " + BYTES + " bytes, the input ends", to - from);
    }
    int size =
        (bytes[from + 1] & 0xFF) << 16 | (bytes[from + 2] & 0xFF) << 8 | (bytes[from + 3] & 0xFF);
    return new FingerprintHeader(bytes[from] & 0xFF, size);
  }

  void write(byte[] bytes) {
    bytes[0] = (byte) algorithmId;
    bytes[1] = (byte) (size >> 16);
    bytes[2] = (byte) (size >> 8);
    bytes[3] = (byte) size;
  }
}
