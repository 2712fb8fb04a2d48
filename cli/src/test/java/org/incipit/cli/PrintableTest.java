package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatBreaksTheLineIsASpace() {
    assertEquals("a b c d  e f g h", Printable.of("a\nb\tc\u000bd\r\ne\u0085f\u2028g\u2029h"));
  }

  @Test
  void whatHasControlOverATerminalIsNotPrinted() {
    assertEquals(
        "\ufffd[31mred\ufffd]0;title\ufffd \ufffd2J\ufffd\ufffd",
        Printable.of("\u001b[31mred\u001b]0;title\u0007 \u009b2J\u007f\0"));
    for (int control = 0; control < 0xa0; control++) {
      boolean isControl = control < 0x20 || control >= 0x7f;
      assertEquals(
          !isControl, Printable.of("" + (char) control).indexOf(control) == 0, "" + control);
    }
  }

  @Test
  void noTextTurnsWhatFollows() {
    for (int bidi : new int[] {0x202a, 0x202b, 0x202c, 0x202d, 0x202e}) {
      assertEquals("a\ufffdb", Printable.of("a" + (char) bidi + "b"));
    }
    for (int isolate = 0x2066; isolate <= 0x2069; isolate++) {
      assertFalse(Printable.of("" + (char) isolate).indexOf(isolate) >= 0);
    }
  }

  @Test
  void whatIsWrittenAnywhereStaysAsItIs() {
    String text =
        "S\u00f8ng \ud834\udd1e \u05e9\u05dc\u05d5\u05dd\u200f! \u0645\u06cc\u200c\u062e\u0648 \ud83d\udc69\u200d\ud83c\udfa4 %s \\n";
    assertEquals(text, Printable.of(text));
    assertEquals("", Printable.of(""));
  }
}
