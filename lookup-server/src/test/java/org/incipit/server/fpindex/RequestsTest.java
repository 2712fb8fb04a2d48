package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.incipit.server.index.change.Change;
import org.junit.jupiter.api.Test;

/** Requests in JSON and MessagePack: the same is read from both, and nonsense from neither. */
class RequestsTest {
  private interface Parse {
    Object read(BodyReader in) throws BodyFormatException, Refusal;
  }

  /** Reads an update that finds room. */
  static UpdateRequest readUpdate(BodyReader in) throws BodyFormatException, Refusal {
    return UpdateRequest.read(in, new ChangesShare(new Room(1 << 20)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SearchRequest search(String json) throws Exception {
    SearchRequest read = SearchRequest.read(new JsonReader(utf8(json)));
    SearchRequest packed = SearchRequest.read(new MsgpackReader(Packed.fromJson(json)));
    assertEquals(read.timeout(), packed.timeout());
    assertEquals(read.scorePercent(), packed.scorePercent());
    assertEquals(read.query().size(), packed.query().size());
    assertEquals(read.query().limit(), packed.query().limit());
    assertEquals(read.query().minScore(), packed.query().minScore());
    return read;
  }

  private static UpdateRequest update(String json) throws Exception {
    UpdateRequest read = readUpdate(new JsonReader(utf8(json)));
    UpdateRequest packed = readUpdate(new MsgpackReader(Packed.fromJson(json)));
    assertEquals(told(read), told(packed));
    return read;
  }

  static String told(UpdateRequest request) {
    List<String> all = new ArrayList<>();
    for (Change change : request.batch().changes()) {
      String hashes = change instanceof Change.Insert one ? Arrays.toString(one.hashes()) : "gone";
      all.add(Integer.toUnsignedString(change.id()) + " " + hashes);
    }
    return all + " " + new java.util.TreeMap<>(request.batch().metadata());
  }

  private static void refusedJson(Parse parse, String json) throws Exception {
    JsonReader in = new JsonReader(utf8(json));
    assertThrows(BodyFormatException.class, () -> parse.read(in), json);
  }

  private static void refusedInBoth(Parse parse, String json) throws Exception {
    refusedJson(parse, json);
    MsgpackReader packed = new MsgpackReader(Packed.fromJson(json));
    assertThrows(BodyFormatException.class, () -> parse.read(packed), json);
  }

  @Test
  void aSearchThatSaysNothingElseHasTheDefaults() throws Exception {
    SearchRequest request = search("{\"query\":[1,2,3,4294967295]}");
    assertEquals(4, request.query().size());
    assertEquals(40, request.query().limit());
    assertEquals(1, request.query().minScore());
    assertEquals(10, request.query().scorePercent());
    assertEquals(Duration.ofMillis(500), request.timeout());
  }

  @Test
  void theDefaultFloorCountsRepeatedHashes() throws Exception {
    String hashes = "7,".repeat(120);
    SearchRequest request = search("{\"query\":[" + hashes.substring(0, 239) + "]}");
    assertEquals(1, request.query().size());
    assertEquals(6, request.query().minScore());
    assertEquals(7, search("{\"query\":[" + hashes + "7]}").query().minScore());
  }

  @Test
  void limitsAndTimeoutsAreClampedNotRefused() throws Exception {
    SearchRequest low =
        search("{\"query\":[1],\"timeout\":0,\"limit\":0,\"min_score\":0,\"score_pct\":0}");
    assertEquals(Duration.ZERO, low.timeout());
    assertEquals(1, low.query().limit());
    assertEquals(1, low.query().minScore());
    SearchRequest high =
        search(
            "{\"query\":[],\"timeout\":4294967295,\"limit\":4294967295,"
                + "\"min_score\":4294967295,\"score_pct\":4294967295}");
    assertEquals(Duration.ofSeconds(10), high.timeout());
    assertEquals(100, high.query().limit());
    assertEquals(Integer.MAX_VALUE, high.query().minScore());
    assertEquals(100, high.query().scorePercent());
    assertEquals(4294967295L, high.scorePercent());
  }

  @Test
  void anUpdateHasItsChangesInOrder() throws Exception {
    UpdateRequest request =
        update(
            "{\"changes\":[{\"insert\":{\"id\":4294967295,\"hashes\":[3,4294967295,0]}},"
                + "{\"delete\":{\"id\":2}},{\"set_metadata\":{\"entries\":["
                + "{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"é\",\"value\":\"\"}]}},"
                + "{\"insert\":{\"hashes\":[],\"id\":5}}],\"metadata\":{\"a\":\"2\"},"
                + "\"expected_version\":18446744073709551615}");
    assertEquals("[4294967295 [3, -1, 0], 2 gone, 5 []] {a=2, é=}", told(request));
    assertEquals(OptionalLong.of(-1), request.expectedVersion());
  }

  @Test
  void aSearchThatIsNoneIsRefused() throws Exception {
    for (String json :
        List.of(
            "[]",
            "1",
            "null",
            "{}",
            "{\"query\":null}",
            "{\"query\":1}",
            "{\"query\":[-1]}",
            "{\"query\":[4294967296]}",
            "{\"query\":[1.5]}",
            "{\"query\":[\"1\"]}",
            "{\"query\":[null]}",
            "{\"query\":[[1]]}",
            "{\"query\":[true]}",
            "{\"query\":{}}",
            "{\"query\":[1],\"x\":1}",
            "{\"query\":[1],\"\":1}",
            "{\"query\":[1],\"limit\":-1}",
            "{\"query\":[1],\"limit\":1.0}",
            "{\"query\":[1],\"limit\":\"1\"}",
            "{\"query\":[1],\"timeout\":4294967296}",
            "{\"query\":[1],\"limit\":true}",
            "{\"query\":[1],\"query\":[2]}",
            "{\"query\":[18446744073709551615]}",
            "{\"query\":[1],\"limit\":18446744073709551615}")) {
      refusedInBoth(SearchRequest::read, json);
    }
  }

  @Test
  void jsonIsStrict() throws Exception {
    for (String json :
        List.of(
            "",
            " ",
            "{\"query\":[1]} x",
            "{\"query\":[1]}{}",
            "{\"query\":[1],}",
            "{\"query\":[1,]}",
            "{'query':[1]}",
            "{\"query\":[01]}",
            "{\"query\":[1]",
            "{\"query\":[1",
            "{\"query\"",
            "{\"q\":[1]}",
            "{\"Query\":[1]}",
            "{\"query\":[1],\"limit\":null}",
            "{\"query\":[1],\"timeout\":null}",
            "\uFEFF{\"query\":[1]}",
            "{\"query\":[" + "[".repeat(2000) + "]}",
            "{\"query\":[" + "9".repeat(2000) + "]}",
            "// c\n{\"query\":[1]}")) {
      refusedJson(SearchRequest::read, json);
    }
  }

  @Test
  void anUpdateThatIsNoneIsRefused() throws Exception {
    String insert = "{\"insert\":{\"id\":1,\"hashes\":[1]}}";
    for (String json :
        List.of(
            "{}",
            "{\"changes\":null}",
            "{\"changes\":{}}",
            "{\"changes\":[1]}",
            "{\"changes\":[{}]}",
            "{\"changes\":[{\"x\":{}}]}",
            "{\"changes\":[{\"insert\":{\"id\":1}}]}",
            "{\"changes\":[{\"insert\":{\"hashes\":[1]}}]}",
            "{\"changes\":[{\"insert\":{\"id\":-1,\"hashes\":[1]}}]}",
            "{\"changes\":[{\"insert\":{\"id\":4294967296,\"hashes\":[1]}}]}",
            "{\"changes\":[{\"delete\":{}}]}",
            "{\"changes\":[{\"delete\":{\"id\":null}}]}",
            "{\"changes\":[{\"insert\":{\"id\":1,\"hashes\":[1]},\"delete\":{\"id\":1}}]}",
            "{\"changes\":[{\"set_metadata\":{}}]}",
            "{\"changes\":[{\"set_metadata\":{\"entries\":[{\"key\":\"a\"}]}}]}",
            "{\"changes\":[{\"set_metadata\":{\"entries\":[{\"key\":\"a\",\"value\":1}]}}]}",
            "{\"changes\":[" + insert + "],\"expected_version\":-1}",
            "{\"changes\":[" + insert + "],\"expected_version\":18446744073709551616}",
            "{\"changes\":[],\"metadata\":[]}",
            "{\"changes\":[],\"metadata\":{\"a\":1}}",
            "{\"changes\":[],\"metadata\":{\"a\":null}}",
            "{\"changes\":[],\"changes\":[]}")) {
      if (json.contains("18446744073709551616")) {
        refusedJson(RequestsTest::readUpdate, json);
      } else {
        refusedInBoth(RequestsTest::readUpdate, json);
      }
    }
  }

  @Test
  void textWithHalfOfASurrogatePairIsRefusedSinceItCannotBeStored() throws Exception {
    for (String half : List.of("\\ud800", "a\\udc00", "\\udc00\\ud800", "\\ud800x")) {
      String entry = "{\"key\":\"KEY\",\"value\":\"VALUE\"}";
      String set = "{\"changes\":[{\"set_metadata\":{\"entries\":[" + entry + "]}}]}";
      String own = "{\"changes\":[],\"metadata\":{\"KEY\":\"VALUE\"}}";
      for (String json : List.of(set, own)) {
        refusedJson(RequestsTest::readUpdate, json.replace("KEY", half));
        refusedJson(RequestsTest::readUpdate, json.replace("VALUE", half));
      }
    }
    String pair = "{\"changes\":[],\"metadata\":{\"\\ud83d\\ude00\":\"\\ud83d\\ude00\"}}";
    assertEquals("[] {\ud83d\ude00=\ud83d\ude00}", told(readUpdate(new JsonReader(utf8(pair)))));
  }

  @Test
  void anIdOfZeroIsRefusedByName() throws Exception {
    String json = "{\"changes\":[{\"delete\":{\"id\":0}}]}";
    Refusal refusal = assertThrows(Refusal.class, () -> readUpdate(new JsonReader(utf8(json))));
    assertEquals(Refusal.Name.INVALID_FINGERPRINT_ID, refusal.name());
    refusedInBoth(RequestsTest::readUpdate, "{\"changes\":[{\"delete\":{\"id\":0}},1]}");
  }

  @Test
  void moreHashesThanAQueryMayHaveAreRefused() throws Exception {
    String hashes = "1,".repeat(100_000);
    assertEquals(1, search("{\"query\":[" + hashes.substring(0, 199_999) + "]}").query().size());
    refusedInBoth(SearchRequest::read, "{\"query\":[" + hashes + "1]}");
  }
}
