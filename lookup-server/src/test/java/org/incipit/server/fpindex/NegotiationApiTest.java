package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which form a request is in, and which its answer. */
class NegotiationApiTest extends ApiTest {
  private static final String SEARCH = "{\"query\":[1]}";

  /** Sends a search in one form, announced as another, and says what came back. */
  private String search(String index, String body, String type, String accept) throws Exception {
    List<String> headers = new ArrayList<>();
    if (!type.equals("-")) {
      headers.addAll(List.of("Content-Type", type));
    }
    if (!accept.equals("-")) {
      headers.addAll(List.of("Accept", accept));
    }
    byte[] bytes =
        body.equals("json") ? SEARCH.getBytes(StandardCharsets.UTF_8) : Packed.fromJson(SEARCH);
    Reply reply =
        server.send("POST", "/" + index + "/_search", bytes, headers.toArray(String[]::new));
    String told =
        switch (reply.type()) {
          case "application/json; charset=UTF-8" -> "json " + reply.text();
          case "application/vnd.msgpack" -> "pack " + Packed.json(reply.bytes());
          default -> reply.type();
        };
    return reply.status() + " " + told.replaceAll("[{}:\\[\\]\"]", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          json | application/json                  | -                        | 200 json results
          json | application/json; charset=utf-8   | -                        | 200 json results
          json | Application/JSON ;x=y             | -                        | 200 json results
          json | application/json                  | */*                      | 200 json results
          json | application/json                  | text/html                | 200 json results
          json | application/json                  | application/vnd.msgpack  | 200 pack r
          json | application/json                  | application/vnd.msgpack, */* | 200 json results
          pack | application/vnd.msgpack           | -                        | 200 pack r
          pack | application/vnd.msgpack           | */*                      | 200 pack r
          pack | application/vnd.msgpack;v=1       | -                        | 200 pack r
          pack | application/vnd.msgpack           | application/json         | 200 json results
          pack | application/vnd.msgpack           | Application/Json         | 200 json results
          pack | -                                 | -                        | 200 pack r
          pack | -                                 | application/json         | 200 json results
          json | -                                 | -                        | 400 pack eBadRequest
          json | -                                 | application/json         | 400 json errorBadRequest
          json | application/vnd.msgpack           | -                        | 400 pack eBadRequest
          pack | application/json                  | -                        | 400 json errorBadRequest
          json | text/plain                        | -                        | 415 json errorUnsupportedMediaType
          json | application/x-www-form-urlencoded | -                        | 415 json errorUnsupportedMediaType
          pack | application/msgpack               | -                        | 415 json errorUnsupportedMediaType
          json | application/jsonx                 | -                        | 415 json errorUnsupportedMediaType
          json | nonsense                          | -                        | 415 json errorUnsupportedMediaType
          json | ;                                 | -                        | 415 json errorUnsupportedMediaType
          """)
  void formsOfASearch(String body, String type, String accept, String wanted) throws Exception {
    server.json(200, "PUT", "/a", "");
    assertEquals(wanted, search("a", body, type, accept));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          json | application/json        | -                       | 404 json errorIndexNotFound
          json | application/json        | application/vnd.msgpack | 404 pack eIndexNotFound
          pack | application/vnd.msgpack | -                       | 404 pack eIndexNotFound
          pack | -                       | -                       | 404 pack eIndexNotFound
          pack | -                       | application/json        | 404 json errorIndexNotFound
          json | text/plain              | -                       | 404 json errorIndexNotFound
          """)
  void errorsAreNegotiatedLikeAnswers(String body, String type, String accept, String wanted)
      throws Exception {
    assertEquals(wanted, search("a", body, type, accept));
  }

  @Test
  void withoutABodyTheAnswerIsJson() throws Exception {
    server.json(200, "PUT", "/a", "");
    for (String path : List.of("/a", "/a/_status", "/b", "/a/1", "/a/b/c")) {
      assertEquals("application/json; charset=UTF-8", server.get(path).type(), path);
      Reply any = server.send("GET", path, new byte[0], "Accept", "*/*");
      assertEquals("application/json; charset=UTF-8", any.type(), path);
      Reply packed = server.send("GET", path, new byte[0], "Accept", "application/vnd.msgpack");
      assertEquals("application/vnd.msgpack", packed.type(), path);
    }
  }

  @Test
  void pathsThatDoNotExistAreNotFoundInTheFormAsked() throws Exception {
    for (String path : List.of("/", "/a/b/c", "/a/_search/x", "//", "/a/1/2/3/4")) {
      assertEquals("{\"error\":\"NotFound\"}", server.json(404, "GET", path, ""), path);
      assertEquals("{\"e\":\"NotFound\"}", server.packed(404, "GET", path, ""), path);
      assertEquals("{\"error\":\"NotFound\"}", server.json(404, "POST", path, "{}"), path);
    }
  }

  @Test
  void aMethodThatAPathDoesNotHaveIsRefusedWithThoseItHas() throws Exception {
    Reply reply = server.json("PATCH", "/a/_search", "{}");
    assertEquals(405, reply.status());
    assertEquals("{\"error\":\"MethodNotAllowed\"}", reply.text());
    assertEquals("DELETE, GET, HEAD, OPTIONS, POST, PUT", reply.headers().get("allow"));
  }

  @Test
  void theReasonOfAnErrorIsInAHeader() throws Exception {
    server.json(200, "PUT", "/a", "");
    Reply reply = server.json("POST", "/a/_search", "{\"query\":[1],\"limit\":-1}");
    assertEquals(
        "body, byte 23: must be 0..4294967295 (got -1)", reply.headers().get("error-reason"));
    Reply lines = server.json("POST", "/a/_search", "\r\nX: y\u00e9");
    assertEquals(400, lines.status());
    assertEquals(-1, lines.headers().get("error-reason").indexOf('\n'));
  }
}
