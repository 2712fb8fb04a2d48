package org.incipit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server, within this process. */
class LookupServerTest {
  @TempDir private Path folder;

  private LookupServer start() throws Exception {
    Map<String, String> flags =
        Map.of("dir", folder.toString(), "listen", "127.0.0.1:0", "legacy-listen", "127.0.0.1:0");
    return LookupServer.start(ConfigReader.read(flags, Map.of(), null));
  }

  private static int port(LookupServer server, String protocol) {
    for (String address : server.addresses()) {
      if (address.startsWith(protocol + " ")) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      }
    }
    throw new AssertionError(protocol + " is not among " + server.addresses());
  }

  private static String http(LookupServer server, String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port(server, "http") + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String line(LookupServer server, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port(server, "line protocol"))) {
      socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.US_ASCII));
      InputStreamReader in =
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return String.valueOf(new BufferedReader(in).readLine());
    }
  }

  @Test
  void theIndexOfTheLineProtocolMayBeDamagedAndOthersAreServed() throws Exception {
    try (LookupServer server = start()) {
      http(server, "PUT", "/other");
    }
    Files.write(folder.resolve("index/main/1/manifest"), new byte[] {1, 2, 3});
    try (LookupServer server = start()) {
      List<String> warnings = server.warnings();
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(warnings.getFirst().startsWith("index main is damaged: "), warnings.toString());
      assertEquals("OK\n", http(server, "GET", "/other/_health"));
      assertEquals("DAMAGED\n", http(server, "GET", "/main/_health"));
      assertEquals("ERR search failed", line(server, "search 1,2"));
    }
  }

  @Test
  void requestsAreCountedByTheirRoutes() throws Exception {
    try (LookupServer server = start()) {
      http(server, "PUT", "/one");
      http(server, "GET", "/one/_health");
      http(server, "GET", "/none/_health");
      http(server, "GET", "/none");
      http(server, "GET", "/no/such/path");
      String page = http(server, "GET", "/_metrics");
      for (String kind :
          List.of(
              "method=\"PUT\",route=\"/:index\",status=\"2xx\"",
              "method=\"GET\",route=\"/:index/_health\",status=\"2xx\"",
              "method=\"GET\",route=\"/:index/_health\",status=\"4xx\"",
              "method=\"GET\",route=\"/:index\",status=\"4xx\"",
              "method=\"GET\",route=\"/*\",status=\"4xx\"")) {
        assertTrue(page.contains("http_requests_seconds_count{" + kind + "} 1\n"), page);
        assertTrue(
            page.contains("http_requests_seconds_bucket{" + kind + ",le=\"10.0\"} 1\n"), page);
      }
      assertTrue(page.contains("\nhttp_requests_in_flight 1.0\n"), page);
      List<String> types = page.lines().filter(line -> line.startsWith("# TYPE ")).toList();
      assertEquals(types.size(), types.stream().map(line -> line.split(" ")[2]).distinct().count());
      assertEquals(types.size(), page.lines().filter(line -> line.startsWith("# HELP ")).count());
    }
  }
}
