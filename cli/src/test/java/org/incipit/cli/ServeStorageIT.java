package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code incipit serve} makes of updates in memory and on disk, as its answers tell. */
class ServeStorageIT {
  private static final int DOCUMENTS = 1000;
  private static final int HASHES = 100;
  private static final int BATCHES = 50;

  @TempDir private Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void closeClient() {
    client.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String get(Server server, String path) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.http(path));
    HttpResponse<String> response = send(request.header("Accept", "application/json"));
    assertEquals(200, response.statusCode(), response.body());
    return response.body();
  }

  private static long number(String body, String name) {
    Matcher number = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(body);
    assertTrue(number.find(), body);
    return Long.parseLong(number.group(1));
  }

  private HttpResponse<String> post(Server server, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(server.http(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Inserts the documents of a batch, each with hashes of its own. */
  private void load(Server server, int batch, int documents) throws Exception {
    SplittableRandom random = new SplittableRandom(batch);
    StringBuilder body = new StringBuilder("{\"changes\":[");
    for (int i = 0; i < documents; i++) {
      String hashes =
          random.ints(HASHES).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(","));
      body.append(i == 0 ? "" : ",")
          .append("{\"insert\":{\"id\":")
          .append((batch * DOCUMENTS) + i + 1)
          .append(",\"hashes\":[")
          .append(hashes)
          .append("]}}");
    }
    HttpResponse<String> response = post(server, "/main/_update", body.append("]}").toString());
    assertEquals("{\"version\":" + (batch + 1) + "}", response.body());
  }

  private static void end(Server server) throws Exception {
    server.signal("TERM");
    assertEquals(0, server.exit());
  }

  @Test
  void fiftyBatchesAreNotMergedAtOnceAndAreAllThereAfterARestart() throws Exception {
    try (Server server = Server.start(folder)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        load(server, batch, DOCUMENTS);
      }
      String info = get(server, "/main");
      assertTrue(number(info, "num_segments") > 1, info);
      end(server);
    }
    try (Server server = Server.start(folder)) {
      String info = get(server, "/main");
      assertEquals(BATCHES * DOCUMENTS, number(info, "num_docs"), info);
      assertEquals(1, number(info, "min_doc_id"), info);
      assertEquals(BATCHES * DOCUMENTS, number(info, "max_doc_id"), info);
      assertEquals(BATCHES, number(info, "version"), info);
      end(server);
    }
  }

  @Test
  void aWriteStaysInMemoryUnlessTheThresholdIsReached() throws Exception {
    try (Server server = Server.start(folder)) {
      load(server, 0, 1);
      String info = get(server, "/main");
      assertEquals(1, number(info, "num_segments"), info);
      assertEquals(1, number(info, "min_doc_id"), info);
      assertEquals(1, number(info, "max_doc_id"), info);
      assertEquals(0, number(get(server, "/main/_status"), "file_version"));
      end(server);
    }
    try (Server server = Server.start(folder, "--checkpoint-threshold", "1")) {
      load(server, 1, 1);
      for (int i = 0; i < 1200 && fileVersion(server) < 2; i++) {
        Thread.sleep(50);
      }
      assertEquals(2, fileVersion(server));
      end(server);
    }
  }

  private long fileVersion(Server server) throws Exception {
    return number(get(server, "/main/_status"), "file_version");
  }

  @Test
  void postingsThatAreDamagedAreFoundWhileItServes() throws Exception {
    try (Server server = Server.start(folder, "--checkpoint-threshold", "1")) {
      load(server, 0, DOCUMENTS);
      for (int i = 0; i < 1200 && fileVersion(server) < 1; i++) {
        Thread.sleep(50);
      }
      end(server);
    }
    try (Stream<Path> files = Files.list(folder.resolve("data/index/main/1"))) {
      Path segment =
          files.filter(file -> file.toString().endsWith(".segment")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      bytes[100_000] ^= 1;
      Files.write(segment, bytes);
    }
    try (Server server = Server.start(folder)) {
      HttpRequest.Builder health = HttpRequest.newBuilder(server.http("/main/_health"));
      for (int i = 0; i < 1200 && send(health).statusCode() == 200; i++) {
        Thread.sleep(50);
      }
      assertEquals("DAMAGED\n", send(health).body());
      String search = "{\"query\":[1,2,3]}";
      assertEquals("{\"error\":\"IndexDamaged\"}", post(server, "/main/_search", search).body());
      assertEquals("{\"error\":\"IndexDamaged\"}", post(server, "/main/_update", "{}").body());
      end(server);
      assertEquals(
          1,
          server.said().stream()
              .filter(line -> line.contains(" is damaged: ") && line.contains(", byte 65536: "))
              .count(),
          server.said().toString());
    }
  }
}
