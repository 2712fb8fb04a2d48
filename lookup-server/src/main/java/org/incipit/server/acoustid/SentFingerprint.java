package org.incipit.server.acoustid;

import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.incipit.fingerprint.codec.FingerprintHeader;
import org.incipit.server.lookup.PlausibleLength;

/** Reads fingerprints that are sent: what is damaged is refused, however much is left of it. */
final class SentFingerprint {
  private SentFingerprint() {}

  /**
   * A fingerprint of the algorithm that everybody uses.
   *
   * @param duration seconds of the audio that it is said to be of
   * @throws ApiError 2 or 3
   */
  static Fingerprint of(Arguments arguments, String name, int duration) throws ApiError {
    String text = letters(arguments.required(name).strip());
    try {
      FingerprintHeader header = FingerprintCodec.decodeHeader(text);
      boolean isPlausible = header.size() > 0 && PlausibleLength.has(header.size(), duration);
      if (!isPlausible || header.algorithmId() != Algorithm.DEFAULT.id()) {
        throw ApiError.invalidFingerprint();
      }
      return FingerprintCodec.decode(text);
    } catch (FingerprintFormatException e) {
      throw ApiError.invalidFingerprint();
    }
  }

  /** URL-safe base64 without its padding. The codec would take anything for letters. */
  private static String letters(String text) throws ApiError {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (!isLetter(text.charAt(i))) {
        throw ApiError.invalidFingerprint();
      }
    }
    return text.substring(0, end);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
