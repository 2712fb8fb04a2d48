package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Creating, deleting, asking about indexes. */
class IndexLifeApiTest extends ApiTest {
  private static final String NO_INDEX = "{\"error\":\"IndexNotFound\"}";
  private static final String EMPTY =
      "{\"version\":0,\"metadata\":{},\"stats\":"
          + "{\"min_doc_id\":0,\"max_doc_id\":0,\"num_segments\":0,\"num_docs\":0}}";

  @Test
  void anIndexIsCreatedOnceAndFoundAfterThat() throws Exception {
    String created = "{\"version\":0,\"ready\":true,\"generation\":1}";
    assertEquals(created, server.json(200, "PUT", "/a", ""));
    assertEquals(created, server.json(200, "PUT", "/a", "{}"));
    assertEquals("{\"v\":0,\"r\":true,\"g\":1}", server.packed(200, "PUT", "/a", ""));
    assertEquals("{\"v\":0,\"r\":true,\"g\":1}", server.packed(200, "PUT", "/a", "{}"));
    assertEquals(
        "{\"error\":\"IndexAlreadyExists\"}",
        server.json(409, "PUT", "/a", "{\"expect_does_not_exist\":true}"));
    assertEquals(EMPTY, server.json(200, "GET", "/a", ""));
  }

  @Test
  void generationsOnlyRise() throws Exception {
    assertEquals(
        "{\"v\":0,\"r\":true,\"g\":5}", server.packed(200, "PUT", "/a", "{\"generation\":5}"));
    assertEquals(
        "{\"error\":\"OlderIndexAlreadyExists\"}",
        server.json(409, "PUT", "/a", "{\"generation\":4}"));
    assertEquals(
        "{\"e\":\"NewerIndexAlreadyExists\"}",
        server.packed(409, "PUT", "/a", "{\"generation\":6}"));
    server.json(200, "PUT", "/a", "{\"generation\":5}");
    assertEquals("{\"deleted\":true}", server.json(200, "DELETE", "/a", ""));
    assertEquals(
        "{\"error\":\"OlderIndexAlreadyExists\"}",
        server.json(409, "PUT", "/a", "{\"generation\":5}"));
    assertEquals(
        "{\"version\":0,\"ready\":true,\"generation\":6}",
        server.json(200, "PUT", "/a", "{\"generation\":null}"));
  }

  @Test
  void deletingSaysWhetherThereWasOne() throws Exception {
    assertEquals("{\"deleted\":false}", server.json(200, "DELETE", "/a", ""));
    assertEquals(NO_INDEX, server.json(404, "DELETE", "/a", "{\"expect_exists\":true}"));
    server.json(200, "PUT", "/a", "");
    assertEquals("{\"d\":true}", server.packed(200, "DELETE", "/a", "{\"expect_exists\":true}"));
    assertEquals("{\"d\":false}", server.packed(200, "DELETE", "/a", "{\"expect_exists\":false}"));
    assertEquals(NO_INDEX, server.json(404, "GET", "/a", ""));
  }

  @Test
  void namesAreCheckedWhenCreatedOnly() throws Exception {
    String refused = "{\"error\":\"InvalidIndexName\"}";
    for (String name :
        List.of(
            "a.b",
            "a%20b",
            "%2e%2e",
            "..",
            "%2Fetc",
            "a%5Cb",
            "%C3%A9",
            "x".repeat(256),
            "v2",
            "api",
            "lookup",
            "submit")) {
      assertEquals(refused, server.json(400, "PUT", "/" + name, ""), name);
      assertEquals(NO_INDEX, server.json(404, "GET", "/" + name, ""), name);
      assertEquals("{\"deleted\":false}", server.json(200, "DELETE", "/" + name, ""), name);
      assertEquals(NO_INDEX, server.json(404, "DELETE", "/" + name, "{\"expect_exists\":true}"));
    }
    for (String name : List.of("x".repeat(255), "_", "-", "0", "A_z-9", "_other")) {
      server.json(200, "PUT", "/" + name, "");
      assertEquals(EMPTY, server.json(200, "GET", "/" + name, ""), name);
    }
  }

  @Test
  void infoAndStatusTellWhatIsThere() throws Exception {
    server.json(200, "PUT", "/a", "");
    server.json(200, "POST", "/a/_update", insert(4294967295L, "1,2"));
    server.json(200, "POST", "/a/_update", "{\"changes\":[],\"metadata\":{\"k\":\"é\"}}");
    assertEquals(
        "{\"version\":2,\"metadata\":{\"k\":\"é\"},\"stats\":{\"min_doc_id\":4294967295,"
            + "\"max_doc_id\":4294967295,\"num_segments\":1,\"num_docs\":1}}",
        server.json(200, "GET", "/a", ""));
    assertEquals(
        "{\"v\":2,\"m\":{\"k\":\"é\"},\"s\":{\"min_doc_id\":4294967295,"
            + "\"max_doc_id\":4294967295,\"num_segments\":1,\"num_docs\":1}}",
        server.packed(200, "GET", "/a", ""));
    assertEquals(
        "{\"generation\":1,\"version\":2,\"file_version\":0}",
        server.json(200, "GET", "/a/_status", ""));
    assertEquals("{\"g\":1,\"v\":2,\"f\":0}", server.packed(200, "GET", "/a/_status", ""));
    assertEquals(NO_INDEX, server.json(404, "GET", "/b/_status", ""));
  }

  @Test
  void headAnswersWithoutABody() throws Exception {
    server.json(200, "PUT", "/a", "");
    for (String path : List.of("/a", "/a/_health", "/_health", "/a/_status")) {
      Reply reply = server.json("HEAD", path, "");
      assertEquals(200, reply.status(), path);
      assertEquals("", reply.text(), path);
    }
    for (String path : List.of("/b", "/b/_health", "/b/_status", "/b/1", "/a/1", "/a/b/c")) {
      Reply reply = server.json("HEAD", path, "");
      assertEquals(404, reply.status(), path);
      assertEquals("", reply.text(), path);
    }
  }

  @Test
  void healthIsALineOfText() throws Exception {
    server.json(200, "PUT", "/a", "");
    for (String path : List.of("/_health", "/a/_health")) {
      assertEquals("OK\n", server.get(path).text());
      assertEquals("text/plain; charset=utf-8", server.get(path).type());
    }
    assertEquals(404, server.get("/b/_health").status());
    assertEquals("", server.get("/b/_health").text());
  }

  @Test
  void bodiesThatAreNoneAreRefused() throws Exception {
    String refused = "{\"error\":\"BadRequest\"}";
    for (String json :
        List.of(
            "1",
            "[]",
            "null",
            "{\"x\":1}",
            "{\"expect_does_not_exist\":1}",
            "{\"expect_does_not_exist\":null}",
            "{\"generation\":-1}",
            "{\"generation\":\"1\"}",
            "{\"generation\":18446744073709551616}",
            "{} {}")) {
      assertEquals(refused, server.json(400, "PUT", "/a", json), json);
    }
    for (String json : List.of("1", "{\"expect_exists\":0}", "{\"deleted\":true}", "{")) {
      assertEquals(refused, server.json(400, "DELETE", "/a", json), json);
    }
    assertEquals(404, server.get("/a").status());
  }
}
