package org.incipit.fingerprint.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class DecompressorTest {
  private static Fingerprint decompress(int... values) throws FingerprintFormatException {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Decompressor.decompress(bytes, 0, bytes.length);
  }

  private static void isRefused(String message, long position, int... values) {
    FingerprintFormatException refused =
        assertThrows(FingerprintFormatException.class, () -> decompress(values));
    assertEquals(message, refused.getMessage());
    assertEquals(position, refused.position());
  }

  @Test
  void bytesBeyondTheLastOneNeededAreIgnored() throws Exception {
    assertEquals(Fingerprint.ofId(0, 64), decompress(0, 0, 0, 1, 7, 0, 0xFF, 0xFF, 0xFF, 0xFF));
    assertEquals(Fingerprint.ofId(0, 1), decompress(0, 0, 0, 1, 1, 0xFF));
  }

  @Test
  void aSecondSevenFollowsTheFirst() throws Exception {
    // 7 + 7 = bit 7 and 7 + 24 from there = bit 32, wrapped as the hardware of the original does.
    assertEquals(Fingerprint.ofId(1, 1 << 6 | 1 << 5), decompress(1, 0, 0, 1, 0x3F, 0, 0, 0x1F));
  }

  @Test
  void aBitSetTwiceByWrappingStaysSet() throws Exception {
    // Distances 1 and 7 + 25: positions 1 and 33, which is position 1 again.
    assertEquals(Fingerprint.ofId(1, 1), decompress(1, 0, 0, 1, 0b00_111_001, 0, 25));
    // What libchromaprint 1.5.1 makes of these bytes.
    assertEquals(Fingerprint.ofId(0, 1), decompress(0x00, 0x00, 0x00, 0x01, 0x39, 0x00, 0x19));
    assertEquals(
        Fingerprint.ofId(1, 1, 0), decompress(1, 0, 0, 2, 0b00_111_001, 0b0_000_001_0, 25));
  }

  @Test
  void everyDistanceIsUnderstood() throws Exception {
    for (int bit = 0; bit < 32; bit++) {
      for (int next = bit; next < 32; next++) {
        Fingerprint fingerprint = Fingerprint.ofId(1, 1 << bit | 1 << next, 1 << bit, 0, -1);
        byte[] bytes = Compressor.compress(fingerprint);
        assertEquals(fingerprint, Decompressor.decompress(bytes, 0, bytes.length));
      }
    }
  }

  @Test
  void aMissingHeaderIsRefused() {
    isRefused("a fingerprint begins with 4 bytes, the input ends at byte 0", 0);
    isRefused("a fingerprint begins with 4 bytes, the input ends at byte 3", 3, 1, 0, 0);
  }

  @Test
  void aTruncatedFingerprintIsRefusedNotShortened() {
    isRefused("1 items announced, 0 found, the input ends at byte 4", 4, 0, 0, 0, 1);
    isRefused(
        "16777215 items announced, 2 found, the input ends at byte 5", 5, 0, 0xFF, 0xFF, 0xFF, 0);
    // Two whole near values and two bits of a third.
    isRefused("3 items announced, 2 found, the input ends at byte 5", 5, 0, 0, 0, 3, 0);
    isRefused("1 items announced, 0 found, the input ends at byte 7", 7, 0, 0, 0, 1, -1, -1, -1);
  }

  @Test
  void missingFarValuesAreRefused() {
    isRefused("1 bytes needed from byte 5 on, the input ends at byte 5", 5, 0, 0, 0, 1, 7);
    isRefused("2 bytes needed from byte 6 on, the input ends at byte 7", 7, 0, 0, 0, 1, 0x3F, 0, 0);
  }

  @Test
  void noItemsMeansThatNoneMayFollow() throws Exception {
    assertEquals(Fingerprint.ofId(0), decompress(0, 0, 0, 0));
    assertEquals(Fingerprint.ofId(7), decompress(7, 0, 0, 0, 0b01_001_001));
    isRefused("0 items announced, 2 found, the input ends at byte 5", 5, 0, 0, 0, 0, 0);
    isRefused("1 bytes needed from byte 5 on, the input ends at byte 5", 5, 0, 0, 0, 0, 0b111_001);
  }

  @Test
  void textThatIsNoFingerprintIsRefused() {
    for (String text :
        new String[] {"", "A", "null", "coustid Fingerprint", "AQAAEwkj", "AQAAE", "DECAFBAD"}) {
      assertThrows(FingerprintFormatException.class, () -> FingerprintCodec.decode(text), text);
    }
  }
}
