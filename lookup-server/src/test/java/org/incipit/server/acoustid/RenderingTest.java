package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.incipit.server.lookup.IndexBusyException;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private static final LongAnswers.Turn TURN = new LongAnswers().turn();
  private static final Fields TREE =
      Fields.ok()
          .put("results", List.of(new Fields().put("score", new Node.Real(1)).put("id", "a")))
          .put("mediums", List.of())
          .put("index", new Node.Nothing())
          .put("number", -7)
          .put("entries", List.of(new Node.Text("é\u20ac\ud83c\udfb5\"<&"), new Node.True()));

  @Test
  void jsonIsAsciiWithItsKeysSorted() throws Exception {
    assertEquals(
        "{\"entries\":[\"\\u00e9\\u20ac\\ud83c\\udfb5\\\"<&\",true],\"index\":null,\"mediums\":[],"
            + "\"number\":-7,\"results\":[{\"id\":\"a\",\"score\":1.0}],\"status\":\"ok\"}",
        text("json", null));
  }

  @Test
  void scoresHaveAsFewDigitsAsNameTheFloat() throws Exception {
    Fields scores = new Fields().put("a", new Node.Real(0.98123133f));
    assertEquals(
        "{\"a\":0.98123133}",
        new String(Rendering.JSON.bytes(scores, TURN), StandardCharsets.US_ASCII));
  }

  @Test
  void jsonpCallsTheFunctionThatWasNamedIfItIsAName() throws Exception {
    for (String name : List.of("f", "$", "_a.b1.$c", "jQuery123")) {
      assertEquals(name, text("jsonp", name).split("\\(", 2)[0]);
    }
    for (String name : List.of("", "1a", "a.", ".a", "a..b", "a b", "alert(1)//", "é", "a$")) {
      assertEquals("jsonAcoustidApi", text("jsonp", name).split("\\(", 2)[0], name);
    }
    assertEquals("jsonAcoustidApi", text("jsonp", null).split("\\(", 2)[0]);
    String json = text("json", null);
    assertEquals("f(" + json + ")", text("jsonp", "f"));
  }

  @Test
  void xmlHasAChildOfTheSingularForEachItem() throws Exception {
    assertEquals(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><entries><entry>é\u20ac\ud83c\udfb5"
            + "\"&lt;&amp;</entry><entry>true</entry></entries><index></index><mediums></mediums>"
            + "<number>-7</number><results><result><id>a</id><score>1.0</score></result></results>"
            + "<status>ok</status></response>",
        text("xml", null));
  }

  @Test
  void whatXmlCannotHoldDoesNotBreakIt() throws Exception {
    Random random = new Random(Long.getLong("tests.seed", 20_261_123));
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
      }
      byte[] xml =
          new Rendering(Rendering.Kind.XML, "").bytes(new Fields().put("a", "" + text), TURN);
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      var document = builder.parse(new ByteArrayInputStream(xml));
      assertEquals("response", document.getDocumentElement().getTagName());
    }
    assertEquals(
        "\uFFFDa\uFFFD\t",
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    new Rendering(Rendering.Kind.XML, "")
                        .bytes(new Fields().put("a", "\u0000a\ud800\t"), TURN)))
            .getDocumentElement()
            .getTextContent());
  }

  @Test
  void aTextThatIsLongerThanAnyBufferStaysWhole() throws Exception {
    String notes = "a" + "\ud83c\udfb5\u20ac".repeat(20_000);
    byte[] xml = new Rendering(Rendering.Kind.XML, "").bytes(new Fields().put("a", notes), TURN);
    String begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><a>";
    assertEquals(begin + notes + "</a></response>", new String(xml, StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerThatIsTooLongIsNotMade() {
    Fields endless = Fields.ok().put("entries", new LazyNodes(Integer.MAX_VALUE, Node.Whole::new));
    for (Rendering.Kind kind : Rendering.Kind.values()) {
      Rendering rendering = new Rendering(kind, "f");
      assertEquals(19, assertThrows(ApiError.class, () -> rendering.bytes(endless, TURN)).code());
    }
  }

  @Test
  void aLongAnswerThatGetsToNoTurnIsRefusedForNow() throws Exception {
    LongAnswers longOnes = new LongAnswers(1, Duration.ZERO);
    LongAnswers.Turn other = longOnes.turn();
    other.take();
    Fields answer = new Fields().put("a", "a".repeat(260_000));
    Fields longAnswer = new Fields().put("a", "a".repeat(270_000));
    for (Rendering.Kind kind : Rendering.Kind.values()) {
      Rendering rendering = new Rendering(kind, "f");
      LongAnswers.Turn turn = longOnes.turn();
      assertTrue(rendering.bytes(answer, turn).length > 260_000);
      assertEquals(
          13, assertThrows(ApiError.class, () -> rendering.bytes(longAnswer, turn)).code());
      other.giveBack();
      assertTrue(rendering.bytes(longAnswer, turn).length > 270_000);
      assertThrows(IndexBusyException.class, () -> longOnes.turn().take());
      turn.giveBack();
      turn.giveBack();
      other.take();
      assertThrows(IndexBusyException.class, () -> longOnes.turn().take());
    }
  }

  @Test
  void anUnknownFormatIsNamed() {
    ApiError e = assertThrows(ApiError.class, () -> Rendering.of(Query.of("format=yaml")));
    assertEquals("unknown format \"yaml\"", e.getMessage());
  }

  private static String text(String format, String callback) throws ApiError {
    String more = callback == null ? "" : "&jsoncallback=" + callback;
    Rendering rendering = Rendering.of(Query.of("format=" + format + more));
    return new String(rendering.bytes(TREE, TURN), StandardCharsets.UTF_8);
  }
}
