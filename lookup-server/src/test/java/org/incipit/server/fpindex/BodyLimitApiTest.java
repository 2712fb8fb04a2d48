package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long bodies may be, and in which wrappings they come. */
class BodyLimitApiTest extends ApiTest {
  private static final String TOO_BIG = "{\"error\":\"BodyTooBig\"}";

  @BeforeEach
  void create() throws Exception {
    server.json(200, "PUT", "/a", "");
  }

  /** Sends a head that announces a long body, and no body. */
  private String announce(String method, String path, long length) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String head =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aLongerBodyThanAllowedIsRefusedWithTheErrorBody() throws Exception {
    for (List<String> route :
        List.of(
            List.of("POST", "/a/_search"),
            List.of("POST", "/a/_search_batch"),
            List.of("POST", "/a/_update"),
            List.of("PUT", "/a/1"),
            List.of("PUT", "/b"))) {
      String answer = announce(route.get(0), route.get(1), (16 << 20) + 1);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), route + answer);
      assertTrue(answer.endsWith("\r\n\r\n" + TOO_BIG), route + answer);
      assertTrue(
          answer
              .toLowerCase(java.util.Locale.ROOT)
              .contains("content-type: application/json; charset=utf-8"));
    }
    assertEquals(404, server.get("/b").status());
  }

  @Test
  void aBodyOfUnknownLengthHasTheSameLimit() throws Exception {
    byte[] body = "{\"hashes\":[1,2]}".getBytes(StandardCharsets.UTF_8);
    Reply chunked =
        server.send(
            "PUT",
            "/a/1",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "Content-Type",
            ApiServer.JSON);
    assertEquals(200, chunked.status(), chunked.text());
    assertEquals("{\"version\":1}", server.json(200, "GET", "/a/1", ""));
    for (String path : List.of("/a/_search", "/a/_search_batch", "/a/_update")) {
      String answer = pour(path);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), path + answer);
      assertTrue(answer.endsWith("\r\n\r\n" + TOO_BIG), path + answer);
    }
  }

  /** Sends chunks until the limit is passed, and no more. */
  private String pour(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
      for (int i = 0; i < 16; i++) {
        out.write(chunk.getBytes(StandardCharsets.US_ASCII));
      }
      out.write("1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] packed(byte[] body) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  @Test
  void packedBodiesAreReadAndLimitedAsTheyAreUnpacked() throws Exception {
    byte[] body = ApiTest.insert(1, "1,2").getBytes(StandardCharsets.UTF_8);
    Reply reply =
        server.send(
            "POST",
            "/a/_update",
            packed(body),
            "Content-Type",
            ApiServer.JSON,
            "Content-Encoding",
            "gzip");
    assertEquals(200, reply.status(), reply.text());
    for (int megabytes : new int[] {17, 65}) {
      byte[] bomb = packed(" ".repeat(megabytes << 20).getBytes(StandardCharsets.UTF_8));
      for (String path : List.of("/a/_update", "/a/_search")) {
        Reply refused =
            server.send(
                "POST", path, bomb, "Content-Type", ApiServer.JSON, "Content-Encoding", "gzip");
        assertEquals(413, refused.status(), path);
        assertEquals(TOO_BIG, refused.text(), path);
      }
    }
  }

  @Test
  void aDamagedPackingIsABadRequest() throws Exception {
    byte[] body = packed(ApiTest.insert(1, "1,2").getBytes(StandardCharsets.UTF_8));
    body[body.length / 2] ^= 1;
    for (String path : List.of("/a/_update", "/a/_search")) {
      Reply refused =
          server.send(
              "POST", path, body, "Content-Type", ApiServer.JSON, "Content-Encoding", "gzip");
      assertEquals(400, refused.status(), path);
      assertEquals("{\"error\":\"BadRequest\"}", refused.text(), path);
    }
  }
}
