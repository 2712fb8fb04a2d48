package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.incipit.server.index.IndexInfo;
import org.junit.jupiter.api.Test;

/** Answers in both forms, the packed ones read by somebody else's code. */
class BodyWriterTest {
  private static String json(Answer answer) {
    return new String(MediaType.JSON.write(answer), StandardCharsets.UTF_8);
  }

  private static String packed(Answer answer) {
    return Packed.json(MediaType.MSGPACK.write(answer));
  }

  @Test
  void nothingToSayIsAnEmptyMap() {
    assertEquals("{}", json(new Answer.Done()));
    assertArrayEquals(new byte[] {(byte) 0x80}, MediaType.MSGPACK.write(new Answer.Done()));
  }

  @Test
  void everyAnswerIsTheSameInBothForms() {
    IndexInfo info = new IndexInfo(-1, Map.of("k\"é", "v"), 3, 1L << 40, 1, -1, 0);
    assertEquals(
        "{\"version\":18446744073709551615,\"metadata\":{\"k\\\"é\":\"v\"},\"stats\":"
            + "{\"min_doc_id\":1,\"max_doc_id\":4294967295,\"num_segments\":3,"
            + "\"num_docs\":1099511627776}}",
        json(new Answer.Info(info)));
    assertEquals(
        "{\"v\":18446744073709551615,\"m\":{\"k\\\"é\":\"v\"},\"s\":"
            + "{\"min_doc_id\":1,\"max_doc_id\":4294967295,\"num_segments\":3,"
            + "\"num_docs\":1099511627776}}",
        packed(new Answer.Info(info)));
    Answer created = new Answer.Created(0, true, 1);
    assertEquals("{\"version\":0,\"ready\":true,\"generation\":1}", json(created));
    assertEquals("{\"v\":0,\"r\":true,\"g\":1}", packed(created));
    assertEquals("{\"deleted\":false}", json(new Answer.Deleted(false)));
    assertEquals("{\"d\":true}", packed(new Answer.Deleted(true)));
    assertEquals("{\"version\":7}", json(new Answer.Version(7)));
    assertEquals("{\"v\":7}", packed(new Answer.Version(7)));
    Answer status = new Answer.Status(2, 300, 70_000);
    assertEquals("{\"generation\":2,\"version\":300,\"file_version\":70000}", json(status));
    assertEquals("{\"g\":2,\"v\":300,\"f\":70000}", packed(status));
    Answer failure = new Answer.Failure(Refusal.Name.INDEX_NOT_FOUND, "not told");
    assertEquals("{\"error\":\"IndexNotFound\"}", json(failure));
    assertEquals("{\"e\":\"IndexNotFound\"}", packed(failure));
    Answer storage = new Answer.Failure(Refusal.Name.STORAGE_ERROR, "disk full");
    assertEquals("{\"error\":\"StorageError\",\"reason\":\"disk full\"}", json(storage));
    assertEquals("{\"e\":\"StorageError\",\"r\":\"disk full\"}", packed(storage));
    Answer all = new Answer.FoundAll(List.of(new Answer.Version(1), failure));
    assertEquals("{\"answers\":[{\"version\":1},{\"error\":\"IndexNotFound\"}]}", json(all));
    assertEquals("{\"a\":[{\"v\":1},{\"e\":\"IndexNotFound\"}]}", packed(all));
  }

  @Test
  void numbersAndTextsTakeTheSmallestWidth() {
    for (long number :
        new long[] {
          0, 127, 128, 255, 256, 65535, 65536, 4294967295L, 4294967296L, Long.MAX_VALUE
        }) {
      MsgpackWriter out = new MsgpackWriter();
      out.number(number);
      assertArrayEquals(Packed.of(other -> other.packLong(number)), out.bytes(), "" + number);
    }
    for (int length : new int[] {0, 31, 32, 255, 256, 65535, 65536}) {
      String text = "x".repeat(length);
      MsgpackWriter out = new MsgpackWriter();
      out.text(text);
      assertArrayEquals(Packed.of(other -> other.packString(text)), out.bytes(), "" + length);
      out = new MsgpackWriter();
      out.beginMap(length);
      out.beginArray(length);
      byte[] wanted = Packed.of(other -> other.packMapHeader(length).packArrayHeader(length));
      assertArrayEquals(wanted, out.bytes(), "" + length);
    }
  }
}
