package org.incipit.fingerprint.codec;

import java.util.Base64;

/** URL-safe base64 without padding; reading it never fails. */
final class UrlBase64 {
  /** Character → its six bits; 0 where the alphabet does not have it. */
  private static final byte[] BITS = new byte[128];

  static {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      BITS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private UrlBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The whole bytes that the first {@code length} characters stand for. */
  static byte[] decode(String text, int length) {
    byte[] bytes = new byte[(int) (length * 3L / 4)];
    int at = 0;
    int i = 0;
    for (; i <= length - 4; i += 4) {
      int group =
          bits(text.charAt(i)) << 18
              | bits(text.charAt(i + 1)) << 12
              | bits(text.charAt(i + 2)) << 6
              | bits(text.charAt(i + 3));
      bytes[at] = (byte) (group >> 16);
      bytes[at + 1] = (byte) (group >> 8);
      bytes[at + 2] = (byte) group;
      at += 3;
    }
    if (length - i >= 2) {
      bytes[at] = (byte) (bits(text.charAt(i)) << 2 | bits(text.charAt(i + 1)) >> 4);
    }
    if (length - i == 3) {
      bytes[at + 1] = (byte) (bits(text.charAt(i + 1)) << 4 | bits(text.charAt(i + 2)) >> 2);
    }
    return bytes;
  }

  private static int bits(char character) {
    return character < BITS.length ? BITS[character] : 0;
  }
}
