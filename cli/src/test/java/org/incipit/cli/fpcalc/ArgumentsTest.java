package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theLastPartsOfTheCommandLineAreTheArguments() {
    byte[] commandLine = latin1("java\0-cp\0x y\0Main\0-json\0\0caf\u00e9\0");
    byte[][] exact = Arguments.last(commandLine, new String[] {"-json", "", "caf\ufffd"});
    assertNotNull(exact);
    assertArrayEquals(new byte[][] {latin1("-json"), {}, latin1("caf\u00e9")}, exact);
  }

  @Test
  void noArgumentsNeedNoCommandLine() {
    assertArrayEquals(new byte[0][], Arguments.last(new byte[0], new String[0]));
  }

  @Test
  void aCommandLineThatSaysSomethingElseIsNotBelieved() {
    assertNull(Arguments.last(latin1("java\0Main\0a\0"), new String[] {"b"}));
    assertNull(Arguments.last(latin1("java\0Main\0ab\0"), new String[] {"a"}));
  }

  @Test
  void aCommandLineCutShortIsNotBelieved() {
    assertNull(Arguments.last(latin1("a\0"), new String[] {"a", "a"}));
    assertNull(Arguments.last(latin1("java\0a"), new String[] {"a"}));
    assertNull(Arguments.last(new byte[0], new String[] {"a"}));
  }

  @Test
  void whatThisProcessWasNotGivenComesFromTheStrings() {
    byte[][] exact = Arguments.exact(new String[] {"surely not an argument of this process"});
    assertArrayEquals(new byte[][] {latin1("surely not an argument of this process")}, exact);
  }
}
