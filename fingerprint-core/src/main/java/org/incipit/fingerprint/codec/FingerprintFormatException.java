package org.incipit.fingerprint.codec;

/** Bytes that are not a compressed fingerprint, or not the whole of one. */
public final class FingerprintFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long position;

  FingerprintFormatException(String problem, long position) {
    super(problem + " at byte " + position);
    this.position = position;
  }

  /**
   * Where the problem shows, as an offset into the compressed bytes (for text: into the bytes that
   * its base64 stands for); the algorithm id is byte 0.
   */
  public long position() {
    return position;
  }
}
