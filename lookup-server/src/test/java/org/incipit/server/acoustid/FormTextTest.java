package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormTextTest {
  @Test
  void pairsComeInTheirOrderAndDecoded() {
    assertEquals(List.of("a", "1", "b", "x y", "a", "ü&="), read("a=1&b=x+y&a=%c3%BC%26%3D"));
    assertEquals(List.of("a", "", "b", "", "", "c", "d", "e=f"), read("a&&b=&=c&d=e=f&"));
    assertEquals(List.of(), read(""));
  }

  @Test
  void whatIsNotEncodedStandsForItself() {
    assertEquals(List.of("artist", "100% Pure"), read("artist=100%+Pure"));
    assertEquals(List.of("a", "%", "b", "%4", "c", "%zz"), read("a=%&b=%4&c=%zz"));
  }

  @Test
  void bytesAboveAsciiAreUtf8WithOrWithoutEscapes() {
    String wire = new String("é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertEquals(List.of("a", "é"), read("a=" + wire));
    assertEquals(List.of("a", "\uFFFDx"), read("a=%ffx"));
  }

  @Test
  void nothingIsRefused() {
    Random random = new Random(Long.getLong("tests.seed", 20_261_123));
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append("%%%=&+aF09\u00ff\u0000".charAt(random.nextInt(12)));
      }
      List<String> pairs = read(text.toString());
      assertEquals(0, pairs.size() % 2, text.toString());
    }
  }

  private static List<String> read(String text) {
    List<String> pairs = new ArrayList<>();
    FormText.read(text, (name, value) -> pairs.addAll(List.of(name, value)));
    return pairs;
  }
}
