package org.incipit.fingerprint.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.testdata.GoldenManifest;
import org.incipit.testdata.GoldenRecord;
import org.junit.jupiter.api.Test;

class FingerprintCodecTest {
  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void compressesBothWays(Fingerprint fingerprint, int... compressed)
      throws Exception {
    assertArrayEquals(bytes(compressed), FingerprintCodec.compress(fingerprint));
    assertEquals(fingerprint, FingerprintCodec.decompress(bytes(compressed)));
  }

  @Test
  void theExamplesOfTheFormatComeOutBothWays() throws Exception {
    compressesBothWays(Fingerprint.ofId(0, 1), 0, 0, 0, 1, 1);
    compressesBothWays(Fingerprint.ofId(0, 7), 0, 0, 0, 1, 73, 0);
    compressesBothWays(Fingerprint.ofId(0, 1 << 6), 0, 0, 0, 1, 7, 0);
    compressesBothWays(Fingerprint.ofId(0, 1 << 8), 0, 0, 0, 1, 7, 2);
    compressesBothWays(Fingerprint.ofId(0, 1, 0), 0, 0, 0, 2, 65, 0);
    compressesBothWays(Fingerprint.ofId(0, 1, 1), 0, 0, 0, 2, 1, 0);
    compressesBothWays(Fingerprint.ofId(55, 1, 0), 55, 0, 0, 2, 65, 0);
    compressesBothWays(Fingerprint.ofId(1, 1 << 31), 1, 0, 0, 1, 7, 25);
    compressesBothWays(Fingerprint.ofId(1), 1, 0, 0, 0);
  }

  @Test
  void anEmptyFingerprintIsItsHeader() throws Exception {
    assertEquals("AQAAAA", FingerprintCodec.encode(Fingerprint.ofId(1)));
    assertEquals(Fingerprint.ofId(1), FingerprintCodec.decode("AQAAAA"));
  }

  @Test
  void theTextOfTwoItemsIsEightCharacters() throws Exception {
    assertEquals("NwAAAkEA", FingerprintCodec.encode(Fingerprint.ofId(55, 1, 0)));
    assertEquals(Fingerprint.ofId(55, 1, 0), FingerprintCodec.decode("NwAAAkEA"));
  }

  @Test
  void knownTextsComeOutBothWays() throws Exception {
    Fingerprint nineteen =
        Fingerprint.ofId(
            1,
            -587455133,
            -591649759,
            -574868448,
            -576973520,
            -543396544,
            1330439488,
            1326360000,
            1326355649,
            1191625921,
            1192674515,
            1194804466,
            1195336818,
            1165981042,
            1165956451,
            1157441379,
            1157441299,
            1291679571,
            1291673457,
            1170079601);
    String text =
        "AQAAEwkjrUmSJQpUHflR9mjSJMdZpcO_Imdw9dCO9Clu4_wQPvhCB01w6xAtXNcAp5RASgDBhDSCGGIAcwA";
    assertEquals(nineteen, FingerprintCodec.decode(text));
    assertEquals(text, FingerprintCodec.encode(nineteen));
    assertEquals(
        "AQAAA0mUaEkSRZEGAA",
        FingerprintCodec.encode(Fingerprint.ofId(1, 627964279, 627964279, 627964279)));
  }

  @Test
  void theReferencesOwnTextsAndItemsAreEachOthersForm() throws Exception {
    Map<List<String>, int[]> itemsByCall = new HashMap<>();
    List<GoldenRecord> records = GoldenManifest.reference();
    for (GoldenRecord record : records) {
      if (record.hasOptions("-raw", "-json") && record.results().size() == 1) {
        itemsByCall.put(record.files(), record.results().get(0).items());
      }
    }
    int compared = 0;
    for (GoldenRecord record : records) {
      int[] items = itemsByCall.get(record.files());
      if (record.hasOptions("-json") && record.results().size() == 1 && items != null) {
        String text = record.results().get(0).text();
        assertEquals(
            text, FingerprintCodec.encode(Fingerprint.ofId(1, items)), record.commandLine());
        assertEquals(
            Fingerprint.ofId(1, items), FingerprintCodec.decode(text), record.commandLine());
        compared++;
      }
    }
    assertTrue(compared > 30, compared + " compared");
  }

  @Test
  void everyAlgorithmIdSurvives() throws Exception {
    for (int id = 0; id < 256; id++) {
      Fingerprint fingerprint = Fingerprint.ofId(id, 1, 2, 3);
      assertEquals(fingerprint, FingerprintCodec.decode(FingerprintCodec.encode(fingerprint)));
    }
    assertEquals("_wAAAA", FingerprintCodec.encode(Fingerprint.ofId(255)));
    assertEquals(200, FingerprintCodec.decompress(bytes(200, 0, 0, 1, 1)).algorithmId());
  }

  @Test
  void theHeaderIsReadWithoutTheBody() throws Exception {
    assertEquals(new FingerprintHeader(1, 19), FingerprintCodec.decodeHeader("AQAAEw"));
    assertEquals(new FingerprintHeader(1, 19), FingerprintCodec.decodeHeader("AQAAEwkjrUmSJQ"));
    assertEquals(new FingerprintHeader(55, 2), FingerprintCodec.header(bytes(55, 0, 0, 2)));
    assertEquals(new FingerprintHeader(55, 2), FingerprintCodec.header(bytes(55, 0, 0, 2, 65, 0)));
    assertEquals(
        new FingerprintHeader(255, FingerprintCodec.MAX_SIZE),
        FingerprintCodec.header(bytes(255, 255, 255, 255)));
  }

  @Test
  void aHeaderOfFiveCharactersOrThreeBytesIsRefused() {
    for (String text : new String[] {"", "A", "AQ", "AQA", "AQAA", "AQAAE"}) {
      assertThrows(
          FingerprintFormatException.class, () -> FingerprintCodec.decodeHeader(text), text);
    }
    FingerprintFormatException refused =
        assertThrows(
            FingerprintFormatException.class, () -> FingerprintCodec.header(bytes(1, 0, 0)));
    assertEquals(3, refused.position());
    assertEquals(
        "a fingerprint begins with 4 bytes, the input ends at byte 3", refused.getMessage());
  }

  @Test
  void aRangeOfAnArrayIsReadAlone() throws Exception {
    byte[] surrounded = bytes(9, 9, 0, 0, 0, 2, 65, 0, 9);
    assertEquals(Fingerprint.ofId(0, 1, 0), FingerprintCodec.decompress(surrounded, 2, 8));
    FingerprintFormatException refused =
        assertThrows(
            FingerprintFormatException.class, () -> FingerprintCodec.decompress(surrounded, 2, 6));
    assertEquals(4, refused.position());
    assertThrows(
        IndexOutOfBoundsException.class, () -> FingerprintCodec.decompress(surrounded, -1, 8));
    assertThrows(
        IndexOutOfBoundsException.class, () -> FingerprintCodec.decompress(surrounded, 2, 10));
    assertThrows(
        IndexOutOfBoundsException.class, () -> FingerprintCodec.decompress(surrounded, 8, 2));
  }

  @Test
  void theLargestSizeFitsAndOneMoreIsRefused() throws Exception {
    int[] items = new int[FingerprintCodec.MAX_SIZE + 1];
    items[FingerprintCodec.MAX_SIZE - 1] = -1;
    Fingerprint largest = Fingerprint.copyOf(1, items, 0, FingerprintCodec.MAX_SIZE);
    assertEquals(largest, FingerprintCodec.decompress(FingerprintCodec.compress(largest)));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> FingerprintCodec.compress(Fingerprint.ofId(1, items)));
    assertEquals(
        "a fingerprint to compress has at most 16777215 items (got 16777216)",
        refused.getMessage());
  }

  @Test
  void headerNumbersStayWithinTheirBits() {
    assertThrows(IllegalArgumentException.class, () -> new FingerprintHeader(256, 0));
    assertThrows(IllegalArgumentException.class, () -> new FingerprintHeader(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new FingerprintHeader(0, -1));
    assertThrows(IllegalArgumentException.class, () -> new FingerprintHeader(0, 1 << 24));
  }
}
