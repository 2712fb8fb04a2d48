package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.incipit.server.http.middleware.Authentication;
import org.incipit.server.http.netty.RawClient;
import org.incipit.server.index.file.FileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what. */
class AccessApiTest {
  /** Method, path and body of everything that writes or copies. */
  private static final List<List<String>> GUARDED =
      List.of(
          List.of("PUT", "/a", "{}"),
          List.of("POST", "/a/_update", "{\"changes\":[]}"),
          List.of("PUT", "/a/1", "{\"hashes\":[1]}"),
          List.of("DELETE", "/a/1", "{}"),
          List.of("DELETE", "/a", "{}"),
          List.of("GET", "/a/_snapshot", ""),
          List.of("PUT", "/b/_restore", ""));

  private static final List<List<String>> OPEN =
      List.of(
          List.of("GET", "/_health", ""),
          List.of("GET", "/_metrics", ""),
          List.of("GET", "/a", ""),
          List.of("GET", "/a/_health", ""),
          List.of("GET", "/a/_status", ""),
          List.of("POST", "/a/_search", "{\"query\":[1]}"),
          List.of("POST", "/a/_search_batch", "{\"queries\":[]}"));

  @TempDir Path folder;

  private static Reply send(ApiServer server, List<String> what, String... headers)
      throws Exception {
    byte[] body = what.get(2).getBytes(StandardCharsets.UTF_8);
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = ApiServer.JSON;
    return server.send(what.get(0), what.get(1), body, all);
  }

  @Test
  void writingAndCopyingNeedAToken() throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "secret\nother\n");
    Path data = folder.resolve("data");
    try (ApiServer server = new ApiServer(FileDisk.INSTANCE, data, new Authentication(tokens))) {
      for (List<String> what : GUARDED) {
        for (String shown :
            List.of("", "Bearer", "Bearer x", "Basic secret", "Bearer secretx", "secret")) {
          Reply reply =
              shown.isEmpty() ? send(server, what) : send(server, what, "Authorization", shown);
          assertEquals(401, reply.status(), what + " " + shown);
          assertEquals("{\"error\":\"Unauthorized\"}", reply.text());
          assertTrue(reply.headers().get("www-authenticate").startsWith("Bearer"));
        }
      }
      for (List<String> what : GUARDED) {
        assertNotEquals(
            401, send(server, what, "Authorization", "bearer other").status(), what + "");
        assertNotEquals(
            401, send(server, what, "Authorization", "Bearer secret").status(), what + "");
      }
      send(server, List.of("PUT", "/a", "{}"), "Authorization", "Bearer secret");
      for (List<String> what : OPEN) {
        assertEquals(200, send(server, what).status(), what + "");
      }
    }
  }

  @Test
  void requestsForOtherHostsAreRefused() throws Exception {
    try (ApiServer server = new ApiServer(folder);
        RawClient client = new RawClient(server.port())) {
      for (List<List<String>> some : List.of(GUARDED, OPEN)) {
        for (List<String> what : some) {
          String head = what.get(0) + " " + what.get(1) + " HTTP/1.1\r\nHost: ";
          RawClient.Answer led = client.send(head + "evil.example:80\r\n\r\n").read();
          assertEquals(421, led.status(), what + "");
          assertEquals("{\"error\":\"MisdirectedRequest\"}", led.body());
          RawClient.Answer own = client.send(head + "index.example\r\n\r\n").read();
          assertNotEquals(421, own.status(), what + "");
        }
      }
    }
  }

  @Test
  void pagesOfOtherOriginsAreRefused() throws Exception {
    try (ApiServer server = new ApiServer(folder)) {
      for (List<List<String>> some : List.of(GUARDED, OPEN)) {
        for (List<String> what : some) {
          for (String origin :
              List.of(
                  "null",
                  "http://evil.example",
                  "https://127.0.0.1:" + server.port(),
                  "http://127.0.0.1:8",
                  "")) {
            Reply reply = send(server, what, "Origin", origin);
            assertEquals(403, reply.status(), what + origin);
            assertEquals("{\"error\":\"ForeignOrigin\"}", reply.text());
          }
          Reply own = send(server, what, "Origin", server.origin());
          assertNotEquals(403, own.status(), what + "");
        }
      }
    }
  }
}
