package org.incipit.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueryStringTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @Test
  void namesMayRepeatAndKeepTheirOrder() throws HttpError {
    Parameters parameters = parse("b=1&a=2&b=3");
    assertEquals(List.of("1", "3"), parameters.all("b"));
    assertEquals("1", parameters.first("b"));
    assertEquals(List.of("b", "a"), List.copyOf(parameters.asMap().keySet()));
  }

  @Test
  void aPlusIsASpaceAndAnEscapeIsAByteOfUtf8() throws HttpError {
    assertEquals("a b+c", parse("x=a+b%2Bc").first("x"));
    assertEquals("\u00e9\u20ac", parse("x=%C3%A9%e2%82%AC").first("x"));
    assertEquals("\u00e9", parse("x=\u00c3\u00a9").first("x"));
    assertEquals("1", parse("a%3Db+=1").first("a=b "));
  }

  @Test
  void whatHasNoEqualsSignHasNoValueAndEmptyPiecesAreSkipped() throws HttpError {
    Map<String, List<String>> expected =
        Map.of("a", List.of(""), "", List.of("=="), "b", List.of(""));
    assertEquals(expected, parse("&a&&===&b=&").asMap());
    assertEquals(Parameters.NONE, parse(""));
  }

  @Test
  void whatCannotBeDecodedIs400() {
    for (String text : List.of("a=%", "a=%4", "a=%zz", "%=1", "a=%C3", "a=%FF", "a=%u00e9")) {
      assertEquals(400, assertThrows(HttpError.class, () -> parse(text), text).status());
    }
  }

  @Test
  void moreParametersThanAllowedAre400() throws HttpError {
    assertEquals(List.of("1", "2"), QueryString.parse("a=1&a=2&", 2).all("a"));
    HttpError error = assertThrows(HttpError.class, () -> QueryString.parse("a&b&c", 2));
    assertEquals(
        "400 the query string has more than 2 parameters", error.status() + " " + error.text());
  }

  @Test
  void aFormIsReadLikeAQueryString() throws HttpError {
    byte[] body = "a=\u00e9&b=%C3%A9+".getBytes(StandardCharsets.UTF_8);
    Parameters form = QueryString.parseForm(body, 10);
    assertEquals("\u00e9", form.first("a"));
    assertEquals("\u00e9 ", form.first("b"));
  }

  @Test
  void whatTheJdkEncodesIsRead() throws HttpError {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 2000; round++) {
      Map<String, List<String>> expected = new LinkedHashMap<>();
      List<String> pieces = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        String name = word(random);
        String value = word(random);
        pieces.add(encoded(name) + "=" + encoded(value));
        expected.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
      String text = String.join("&", pieces);
      assertEquals(expected, parse(text).asMap(), () -> "-Dtests.seed=" + SEED + ": " + text);
    }
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x11000);
      word.appendCodePoint(c >= 0xD800 && c < 0xE000 ? '&' : c);
    }
    return word.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Parameters parse(String text) throws HttpError {
    return QueryString.parse(text, QueryString.DEFAULT_MOST);
  }
}
