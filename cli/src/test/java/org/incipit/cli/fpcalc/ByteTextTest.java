package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteTextTest {
  @Test
  void numbersAreWrittenInDecimal() {
    for (long number :
        new long[] {
          0, 7, 10, -1, 99, 100, 4294967295L, -2147483648L, Long.MAX_VALUE, Long.MIN_VALUE
        }) {
      ByteText text = new ByteText().append('<').append(number).append('>');
      String written = new String(text.toArray(), StandardCharsets.US_ASCII);
      assertEquals("<" + number + ">", written);
    }
  }

  @Test
  void bytesPassUnchangedHoweverMany() {
    byte[] all = new byte[100_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    ByteText text = new ByteText().append(all);
    assertArrayEquals(all, text.toArray());
    assertEquals(all.length, text.length());
  }

  @Test
  void afterClearingItIsEmpty() {
    ByteText text = new ByteText().append("old");
    text.clear();
    assertEquals("new", new String(text.append("new").toArray(), StandardCharsets.US_ASCII));
  }
}
