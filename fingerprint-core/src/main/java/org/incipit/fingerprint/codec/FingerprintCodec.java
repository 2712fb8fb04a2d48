package org.incipit.fingerprint.codec;

import org.incipit.fingerprint.Fingerprint;

/**
 * Fingerprints to and from their compressed form: {@link #encode} and {@link #decode} for the text
 * that {@code fpcalc} prints ({@code "AQADtE…"}), {@link #compress} and {@link #decompress} for the
 * bytes below it. Thread-safe.
 *
 * <p>Decoding is as lenient as the original, since its clients rely on that: in the text a
 * character outside the URL-safe alphabet, padding included, stands for six zero bits, a single
 * character after the last group of four is ignored, and so are bytes after the last one needed. A
 * missing byte is an error, never a shorter fingerprint. Whatever the input, decoding allocates
 * less than 24 bytes for each of its bytes, beyond a few hundred.
 */
public final class FingerprintCodec {
  /** The most items that the 24 bits of the header can count: 24 days of audio. */
  public static final int MAX_SIZE = (1 << 24) - 1;

  private static final int HEADER_CHARACTERS = 6;

  private FingerprintCodec() {}

  /**
   * The text form: URL-safe base64 without padding.
   *
   * @throws IllegalArgumentException if there are more than {@value #MAX_SIZE} items
   */
  public static String encode(Fingerprint fingerprint) {
    return UrlBase64.encode(compress(fingerprint));
  }

  /**
   * The fingerprint that a text stands for.
   *
   * @throws FingerprintFormatException if the text ends before the fingerprint does, or its header
   *     says 0 items and items follow
   */
  public static Fingerprint decode(String text) throws FingerprintFormatException {
    return decompress(UrlBase64.decode(text, text.length()));
  }

  /**
   * Algorithm and size out of the first six characters of a text; the others are not looked at.
   *
   * @throws FingerprintFormatException if there are fewer than six
   */
  public static FingerprintHeader decodeHeader(String text) throws FingerprintFormatException {
    return header(UrlBase64.decode(text, Math.min(text.length(), HEADER_CHARACTERS)));
  }

  /**
   * The compressed bytes.
   *
   * @throws IllegalArgumentException if there are more than {@value #MAX_SIZE} items
   */
  public static byte[] compress(Fingerprint fingerprint) {
    return Compressor.compress(fingerprint);
  }

  /**
   * The fingerprint that these bytes stand for.
   *
   * @throws FingerprintFormatException as {@link #decode}
   */
  public static Fingerprint decompress(byte[] bytes) throws FingerprintFormatException {
    return Decompressor.decompress(bytes, 0, bytes.length);
  }

  /**
   * The fingerprint that {@code bytes[from..to)} stand for. Positions in the exception count from
   * {@code from}.
   *
   * @throws FingerprintFormatException as {@link #decode}
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static Fingerprint decompress(byte[] bytes, int from, int to)
      throws FingerprintFormatException {
    if (from < 0 || from > to || to > bytes.length) {
      throw new IndexOutOfBoundsException(
          "range " + from + ".." + to + " of " + bytes.length + " bytes");
    }
    return Decompressor.decompress(bytes, from, to);
  }

  /**
   * Algorithm and size out of the first four bytes; the others are not looked at.
   *
   * @throws FingerprintFormatException if there are fewer than four
   */
  public static FingerprintHeader header(byte[] bytes) throws FingerprintFormatException {
    return FingerprintHeader.read(bytes, 0, bytes.length);
  }
}
