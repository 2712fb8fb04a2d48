package org.incipit.fingerprint.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UrlBase64Test {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  private static byte[] decode(String text) {
    return UrlBase64.decode(text, text.length());
  }

  @Test
  void knownPairsComeOutBothWays() {
    String[][] pairs = {
      {"", ""},
      {"x", "eA"},
      {"xx", "eHg"},
      {"xxx", "eHh4"},
      {"xxxx", "eHh4eA"},
      {"xxxxx", "eHh4eHg"},
      {"xxxxxx", "eHh4eHh4"},
    };
    for (String[] pair : pairs) {
      assertEquals(pair[1], UrlBase64.encode(pair[0].getBytes(US_ASCII)));
      assertEquals(pair[0], new String(decode(pair[1]), US_ASCII));
    }
    assertEquals("_-4", UrlBase64.encode(new byte[] {(byte) 0xFF, (byte) 0xEE}));
    assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xEE}, decode("_-4"));
  }

  @Test
  void bytesOfAnyLengthComeBack() {
    Random random = new Random(SEED);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = UrlBase64.encode(bytes);
      assertEquals((4 * length + 2) / 3, text.length());
      assertArrayEquals(bytes, decode(text), "seed " + SEED + ", length " + length);
    }
  }

  @Test
  void charactersOutsideTheAlphabetAreSixZeroBits() {
    byte[] zeros = decode("eAAA");
    for (String foreign :
        new String[] {"=", "+", "/", " ", "\n", "\0", "~", "é", "ſ", "€", "\uFFFF"}) {
      assertArrayEquals(zeros, decode("eA" + foreign + foreign), foreign);
    }
    assertArrayEquals(new byte[] {'x', 0}, decode("eA="));
  }

  @Test
  void aSingleLeftOverCharacterIsIgnored() {
    assertArrayEquals(new byte[0], decode("e"));
    assertArrayEquals(decode("eHh4"), decode("eHh4e"));
  }

  @Test
  void leftOverBitsAreDropped() {
    assertArrayEquals(decode("eA"), decode("eP"));
    assertArrayEquals(decode("eHg"), decode("eHj"));
  }

  @Test
  void onlyTheCharactersAskedForAreRead() {
    assertArrayEquals(decode("eHh4"), UrlBase64.decode("eHh4eHh4", 4));
    assertArrayEquals(decode("eHh4eA"), UrlBase64.decode("eHh4eHh4", 6));
  }
}
