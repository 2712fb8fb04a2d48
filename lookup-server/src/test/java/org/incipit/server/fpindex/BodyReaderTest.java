package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.incipit.server.index.change.Change;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePacker;

/** Requests in JSON and MessagePack: the same is read from both, and nonsense from neither. */
class BodyReaderTest {
  private interface Parse {
    Object read(BodyReader in) throws BodyFormatException, Refusal;
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
    UpdateRequest read = UpdateRequest.read(new JsonReader(utf8(json)));
    UpdateRequest packed = UpdateRequest.read(new MsgpackReader(Packed.fromJson(json)));
    assertEquals(told(read), told(packed));
    return read;
  }

  private static String told(UpdateRequest request) {
    List<String> all = new ArrayList<>();
    for (Change change : request.batch().changes()) {
      String hashes = change instanceof Change.Insert one ? Arrays.toString(one.hashes()) : "gone";
      all.add(Integer.toUnsignedString(change.id()) + " " + hashes);
    }
    return all + " " + new java.util.TreeMap<>(request.batch().metadata());
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
  void nilIsAbsent() throws Exception {
    byte[] search =
        Packed.of(out -> map(out, "q", new int[] {1, 2}, "t", null, "l", null, "m", null));
    assertEquals(40, SearchRequest.read(new MsgpackReader(search)).query().limit());
    byte[] update =
        Packed.of(out -> {
          out.packMapHeader(3).packString("c").packArrayHeader(1);
          out.packMapHeader(3).packString("i").packMapHeader(2);
          out.packString("i").packInt(7).packString("h").packArrayHeader(1).packInt(9);
          out.packString("d").packNil().packString("s").packNil();
          out.packString("m").packNil().packString("e").packNil();
        });
    UpdateRequest read = UpdateRequest.read(new MsgpackReader(update));
    assertEquals("[7 [9]] {}", told(read));
    assertEquals(OptionalLong.empty(), read.expectedVersion());
    UpdateRequest json = update("{\"changes\":[],\"metadata\":null,\"expected_version\":null}");
    assertEquals(OptionalLong.empty(), json.expectedVersion());
  }

  private static void map(MessagePacker out, Object... entries) throws java.io.IOException {
    out.packMapHeader(entries.length / 2);
    for (int i = 0; i < entries.length; i += 2) {
      out.packString((String) entries[i]);
      switch (entries[i + 1]) {
        case null -> out.packNil();
        case int[] numbers -> {
          out.packArrayHeader(numbers.length);
          for (int number : numbers) {
            out.packLong(Integer.toUnsignedLong(number));
          }
        }
        case Integer number -> out.packInt(number);
        default -> throw new AssertionError(entries[i + 1]);
      }
    }
  }

  @Test
  void onlyTheFirstLetterOfAKeyCounts() throws Exception {
    for (String key : List.of("query", "q", "qqq", "quark")) {
      byte[] body = Packed.of(out -> map(out, key, new int[] {1, 2, 3}, "lemon", 3));
      SearchRequest request = SearchRequest.read(new MsgpackReader(body));
      assertEquals(3, request.query().size());
      assertEquals(3, request.query().limit());
    }
  }

  @Test
  void numbersMayBeOfAnyWidth() throws Exception {
    for (String seven :
        List.of(
            "07",
            "cc07",
            "cd0007",
            "ce00000007",
            "cf0000000000000007",
            "d007",
            "d10007",
            "d200000007",
            "d30000000000000007")) {
      byte[] body = HexFormat.of().parseHex("82a171" + "dd00000001" + seven + "a16c" + seven);
      SearchRequest request = SearchRequest.read(new MsgpackReader(body));
      assertEquals(7, request.query().limit(), seven);
      byte[] put = HexFormat.of().parseHex("81a168" + "dc0002" + seven + "ceffffffff");
      assertArrayEquals(new int[] {7, -1}, UpdateRequest.readHashes(new MsgpackReader(put)), seven);
    }
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
        refusedJson(UpdateRequest::read, json);
      } else {
        refusedInBoth(UpdateRequest::read, json);
      }
    }
  }

  @Test
  void anIdOfZeroIsRefusedByName() throws Exception {
    String json = "{\"changes\":[{\"delete\":{\"id\":0}}]}";
    Refusal refusal =
        assertThrows(Refusal.class, () -> UpdateRequest.read(new JsonReader(utf8(json))));
    assertEquals(Refusal.Name.INVALID_FINGERPRINT_ID, refusal.name());
    refusedInBoth(UpdateRequest::read, "{\"changes\":[{\"delete\":{\"id\":0}},1]}");
  }

  @Test
  void lengthsAreCheckedBeforeAnythingIsAllocated() {
    for (String hex :
        List.of(
            "81a171ddffffffff",
            "81a171dd7fffffff01",
            "dfffffffff",
            "81a171dcffff",
            "81dbffffffff",
            "81a163ddffffffff",
            "81a16ddfffffffff",
            "81a16d81dbfffffff0",
            "81a171")) {
      byte[] body = HexFormat.of().parseHex(hex);
      assertThrows(
          BodyFormatException.class, () -> SearchRequest.read(new MsgpackReader(body)), hex);
      assertThrows(
          BodyFormatException.class, () -> UpdateRequest.read(new MsgpackReader(body)), hex);
    }
  }

  @Test
  void moreHashesThanAQueryMayHaveAreRefused() throws Exception {
    String hashes = "1,".repeat(100_000);
    assertEquals(1, search("{\"query\":[" + hashes.substring(0, 199_999) + "]}").query().size());
    refusedInBoth(SearchRequest::read, "{\"query\":[" + hashes + "1]}");
  }

  @Test
  void nothingMayFollow() {
    byte[] body =
        Packed.of(out -> {
          map(out, "q", new int[] {1});
          out.packNil();
        });
    assertThrows(BodyFormatException.class, () -> SearchRequest.read(new MsgpackReader(body)));
  }

  @Test
  void textMustBeUtf8() throws Exception {
    byte[] good = HexFormat.of().parseHex("82a16390a16d81a2c3a9a161");
    assertEquals(Map.of("é", "a"), UpdateRequest.read(new MsgpackReader(good)).batch().metadata());
    byte[] bad = HexFormat.of().parseHex("82a16390a16d81a2c3ffa161");
    assertThrows(BodyFormatException.class, () -> UpdateRequest.read(new MsgpackReader(bad)));
  }

  /** Every body that was cut, or has a wrong byte, is refused with a position or is a body. */
  @Test
  void damageIsRefusedOrHarmless() throws Exception {
    long seed = Long.getLong("tests.seed", 20261122);
    Random random = new Random(seed);
    String json =
        "{\"changes\":[{\"insert\":{\"id\":70000,\"hashes\":[3,4294967295,300]}},"
            + "{\"delete\":{\"id\":2}},{\"set_metadata\":{\"entries\":["
            + "{\"key\":\"a\",\"value\":\"1\"}]}}],\"metadata\":{\"a\":\"2\"}}";
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      boolean packed = random.nextBoolean();
      byte[] body = packed ? Packed.fromJson(json) : utf8(json);
      if (random.nextBoolean()) {
        body = Arrays.copyOf(body, random.nextInt(body.length));
      } else {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      try {
        UpdateRequest.read(packed ? new MsgpackReader(body) : new JsonReader(body));
      } catch (BodyFormatException e) {
        assertTrue(e.position() >= 0 && e.position() <= body.length, "seed " + seed);
        refused++;
      } catch (Refusal e) {
        assertEquals(Refusal.Name.INVALID_FINGERPRINT_ID, e.name());
      }
    }
    assertTrue(refused > 15_000, refused + " refused, seed " + seed);
  }
}
