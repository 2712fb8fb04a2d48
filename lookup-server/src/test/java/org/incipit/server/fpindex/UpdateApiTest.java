package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Updates, and single documents. */
class UpdateApiTest extends ApiTest {
  private static final String MISMATCH = "{\"error\":\"VersionMismatch\"}";
  private static final String BAD = "{\"error\":\"BadRequest\"}";

  @BeforeEach
  void create() throws Exception {
    server.json(200, "PUT", "/a", "");
  }

  @Test
  void everyRequestIsOneVersion() throws Exception {
    assertEquals("{\"version\":1}", server.json(200, "POST", "/a/_update", "{\"changes\":[]}"));
    assertEquals("{\"v\":2}", server.packed(200, "POST", "/a/_update", insert(1, "1,2,3")));
    assertEquals(
        "{\"version\":3}",
        server.json(
            200,
            "POST",
            "/a/_update",
            "{\"changes\":[{\"insert\":{\"id\":1,\"hashes\":[1]}},{\"delete\":{\"id\":1}},"
                + "{\"insert\":{\"id\":1,\"hashes\":[7]}}]}"));
    assertEquals(
        "{\"results\":[{\"id\":1,\"score\":1}]}",
        server.json(200, "POST", "/a/_search", "{\"query\":[7]}"));
    assertEquals("{\"results\":[]}", server.json(200, "POST", "/a/_search", "{\"query\":[1,2,3]}"));
  }

  @Test
  void anotherVersionThanExpectedChangesNothing() throws Exception {
    String changes = "{\"changes\":[{\"insert\":{\"id\":1,\"hashes\":[1]}}],\"expected_version\":";
    assertEquals(MISMATCH, server.json(409, "POST", "/a/_update", changes + "1}"));
    assertEquals(
        MISMATCH, server.json(409, "POST", "/a/_update", changes + "18446744073709551615}"));
    assertEquals(
        "{\"e\":\"VersionMismatch\"}", server.packed(409, "POST", "/a/_update", changes + "1}"));
    assertEquals(404, server.get("/a/1").status());
    assertEquals("{\"version\":1}", server.json(200, "POST", "/a/_update", changes + "0}"));
    assertEquals(MISMATCH, server.json(409, "POST", "/a/_update", changes + "0}"));
    assertEquals("{\"version\":1}", server.json(200, "GET", "/a/1", ""));
  }

  @Test
  void metadataIsMergedAndTheRequestsOwnComesLast() throws Exception {
    server.json(
        200,
        "POST",
        "/a/_update",
        "{\"changes\":[{\"set_metadata\":{\"entries\":[{\"key\":\"x\",\"value\":\"1\"},"
            + "{\"key\":\"x\",\"value\":\"2\"},{\"key\":\"y\",\"value\":\"1\"}]}}],"
            + "\"metadata\":{\"y\":\"2\"}}");
    String info = server.json(200, "GET", "/a", "");
    assertTrue(info.contains("\"x\":\"2\""), info);
    assertTrue(info.contains("\"y\":\"2\""), info);
    server.packed(200, "POST", "/a/_update", "{\"changes\":[],\"metadata\":{\"z\":\"3\"}}");
    String packed = server.packed(200, "GET", "/a", "");
    assertTrue(packed.contains("\"x\":\"2\"") && packed.contains("\"z\":\"3\""), packed);
  }

  @Test
  void aBadUpdateChangesNothing() throws Exception {
    for (String json :
        List.of(
            "{}",
            "[]",
            "{\"changes\":[{\"insert\":{\"id\":5,\"hashes\":[1]}},{}]}",
            "{\"changes\":[{\"insert\":{\"id\":5,\"hashes\":[-1]}}]}",
            "{\"changes\":[{\"insert\":{\"id\":5,\"hashes\":[1]}}],\"x\":1}")) {
      assertEquals(BAD, server.json(400, "POST", "/a/_update", json), json);
    }
    String zero = "{\"changes\":[{\"insert\":{\"id\":5,\"hashes\":[1]}},{\"delete\":{\"id\":0}}]}";
    assertEquals(
        "{\"error\":\"InvalidFingerprintId\"}", server.json(400, "POST", "/a/_update", zero));
    assertEquals(
        "{\"e\":\"InvalidFingerprintId\"}", server.packed(400, "POST", "/a/_update", zero));
    assertEquals(404, server.get("/a/5").status());
    assertTrue(server.json(200, "GET", "/a", "").startsWith("{\"version\":0,"));
  }

  @Test
  void documentsArePutFoundAndDeleted() throws Exception {
    assertEquals("{}", server.json(200, "PUT", "/a/4294967295", "{\"hashes\":[1,2,3]}"));
    assertEquals("{}", server.packed(200, "PUT", "/a/7", "{\"hashes\":[]}"));
    assertEquals("{\"version\":1}", server.json(200, "GET", "/a/4294967295", ""));
    assertEquals("{\"v\":2}", server.packed(200, "GET", "/a/7", ""));
    Reply head = server.json("HEAD", "/a/7", "");
    assertEquals(200, head.status());
    assertEquals("", head.text());
    assertEquals("{}", server.json(200, "DELETE", "/a/7", ""));
    assertEquals("{}", server.packed(200, "DELETE", "/a/7", ""));
    assertEquals("{}", server.json(200, "DELETE", "/a/123456", ""));
    assertEquals("{\"error\":\"FingerprintNotFound\"}", server.json(404, "GET", "/a/7", ""));
    assertEquals("{\"e\":\"FingerprintNotFound\"}", server.packed(404, "GET", "/a/8", ""));
    assertEquals(404, server.json("HEAD", "/a/7", "").status());
    assertTrue(server.json(200, "GET", "/a", "").startsWith("{\"version\":5,"));
  }

  @Test
  void anEmptyAnswerIsAnEmptyMapOfMessagePack() throws Exception {
    Reply reply = server.send("PUT", "/a/1", Packed.fromJson("{\"hashes\":[1]}"));
    assertEquals("80", reply.hex());
    assertEquals("application/vnd.msgpack", reply.type());
  }

  @Test
  void idsThatAreNoneAreRefused() throws Exception {
    for (String id : List.of("x", "-1", "4294967296", "1.0", "99999999999", "%2B1", "0x1")) {
      assertEquals(BAD, server.json(400, "GET", "/a/" + id, ""), id);
      assertEquals(BAD, server.json(400, "DELETE", "/a/" + id, ""), id);
      assertEquals(BAD, server.json(400, "PUT", "/a/" + id, "{\"hashes\":[1]}"), id);
      assertEquals(400, server.json("HEAD", "/a/" + id, "").status(), id);
    }
    String zero = "{\"error\":\"InvalidFingerprintId\"}";
    assertEquals(zero, server.json(400, "PUT", "/a/0", "{\"hashes\":[1]}"));
    assertEquals(zero, server.json(400, "DELETE", "/a/0", ""));
    assertEquals(404, server.get("/a/0").status());
    assertEquals(
        "{\"error\":\"IndexNotFound\"}", server.json(404, "PUT", "/b/0", "{\"hashes\":[1]}"));
  }

  @Test
  void bodiesOfDocumentsThatAreNoneAreRefused() throws Exception {
    for (String json :
        List.of(
            "",
            "{}",
            "{\"hashes\":null}",
            "{\"hashes\":[4294967296]}",
            "[1]",
            "{\"hashes\":[1],\"id\":1}")) {
      assertEquals(BAD, server.json(400, "PUT", "/a/1", json), json);
    }
    assertEquals(404, server.get("/a/1").status());
  }

  @Test
  void changesThatFindNoMemoryAreRefusedAndThoseThatNeverWillAreToldTheLimit() throws Exception {
    String one = insert(1, "1,2,3");
    String put = "{\"hashes\":[1]}";
    assertTrue(server.changes.take(server.changes.most()));
    for (Reply busy :
        List.of(
            server.json("POST", "/a/_update", one),
            server.json("PUT", "/a/7", put),
            server.json("POST", "/a/_update", "{\"changes\":[],\"metadata\":{\"a\":\"b\"}}"))) {
      assertEquals("503 {\"error\":\"Overloaded\"}", busy.status() + " " + busy.text());
      assertEquals("1", busy.headers().get("retry-after"));
    }
    assertEquals(200, server.json("DELETE", "/a/7", "").status());
    server.changes.giveBack(server.changes.most());
    String many = "1,".repeat(50_000) + "1";
    for (Reply large :
        List.of(
            server.json("POST", "/a/_update", insert(1, many)),
            server.send("POST", "/a/_update", Packed.fromJson(insert(1, many))),
            server.json("PUT", "/a/7", "{\"hashes\":[" + many + "]}"))) {
      assertEquals(413, large.status(), large.text());
      assertEquals(
          "the changes would take more memory than there is for all, 1048576 bytes"
              + " (changes-memory-bytes)",
          large.headers().get("error-reason"));
    }
    assertEquals("{\"version\":2}", server.json(200, "POST", "/a/_update", one));
    // The answer is there before the handler has returned.
    for (int i = 0; i < 1000 && server.changes.taken() > 0; i++) {
      Thread.sleep(20);
    }
    assertEquals(0, server.changes.taken());
  }
}
