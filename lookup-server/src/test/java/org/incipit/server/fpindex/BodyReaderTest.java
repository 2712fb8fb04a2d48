package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePacker;

/** How forms are read, and what becomes of bodies that are damaged. */
class BodyReaderTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static UpdateRequest update(String json) throws Exception {
    UpdateRequest read = RequestsTest.readUpdate(new JsonReader(utf8(json)));
    UpdateRequest packed = RequestsTest.readUpdate(new MsgpackReader(Packed.fromJson(json)));
    assertEquals(RequestsTest.told(read), RequestsTest.told(packed));
    return read;
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
    UpdateRequest read = RequestsTest.readUpdate(new MsgpackReader(update));
    assertEquals("[7 [9]] {}", RequestsTest.told(read));
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
      assertArrayEquals(new int[] {7, -1}, hashes(put), seven);
    }
  }

  private static int[] hashes(byte[] put) throws Exception {
    return UpdateRequest.readHashes(
        new MsgpackReader(put), new ChangesShare(new Room(ChangesShare.CHANGE_BYTES + 52)));
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
          BodyFormatException.class, () -> RequestsTest.readUpdate(new MsgpackReader(body)), hex);
    }
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
    assertEquals(
        Map.of("é", "a"), RequestsTest.readUpdate(new MsgpackReader(good)).batch().metadata());
    byte[] bad = HexFormat.of().parseHex("82a16390a16d81a2c3ffa161");
    assertThrows(BodyFormatException.class, () -> RequestsTest.readUpdate(new MsgpackReader(bad)));
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
        RequestsTest.readUpdate(packed ? new MsgpackReader(body) : new JsonReader(body));
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
