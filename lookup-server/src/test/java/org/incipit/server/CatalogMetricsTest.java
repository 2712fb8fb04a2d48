package org.incipit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.incipit.server.catalog.Submissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogMetricsTest {
  @TempDir private Path folder;

  private LookupServer start() throws Exception {
    return LookupServer.start(
        ConfigReader.read(Map.of("dir", folder.toString(), "port", "0"), Map.of(), null));
  }

  private static HttpResponse<String> http(LookupServer server, String method, String path)
      throws Exception {
    String address = server.addresses().getFirst().replaceFirst("^http ", "http://");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address + path))
              .method(method, BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void everyMetricOfTheReadmeIsThere() throws Exception {
    String readme =
        Files.readString(Path.of(System.getProperty("testdata.dir")).resolveSibling("README.md"));
    List<String> names =
        Pattern.compile("`(incipit_[a-z_]+)`")
            .matcher(readme)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertTrue(names.size() > 15, names::toString);
    try (LookupServer server = start()) {
      http(server, "PUT", "/main");
      String page = http(server, "GET", "/_metrics").body();
      TreeSet<String> missing = new TreeSet<>(names);
      missing.removeIf(name -> page.contains("# TYPE " + name + " "));
      assertEquals(new TreeSet<String>(), missing);
      assertTrue(page.contains("\nincipit_catalog_up 1\n"), page);
    }
  }

  @Test
  void aDamagedIndexOfTheCatalogueIsNotDeletedByOthers() throws Exception {
    try (LookupServer server = start()) {
      http(server, "PUT", "/main");
      while (http(server, "GET", "/_catalog/_health").statusCode() != 200) {
        Thread.sleep(10);
      }
    }
    Files.write(folder.resolve("index/_catalog/1/manifest"), new byte[] {1, 2, 3});
    Map<String, String> flags = Map.of("dir", folder.toString(), "port", "0", "catalog", "off");
    ServerConfig without = ConfigReader.read(flags, Map.of(), null);
    try (LookupServer server = LookupServer.start(without)) {
      assertTrue(server.warnings().toString().contains("index _catalog is damaged"));
      HttpResponse<String> answer = http(server, "DELETE", "/_catalog");
      assertEquals(403, answer.statusCode(), answer::body);
      assertTrue(server.warnings().toString().contains("index _catalog is damaged"));
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsAskedOnceAndWhatWasSeenLastIsTold() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    CatalogState.Seen first = new CatalogState.Seen(new Submissions.Queue(3, 4), 5);
    CatalogState.Seen second = new CatalogState.Seen(new Submissions.Queue(0, 0), 6);
    int[] asked = new int[1];
    CatalogState state =
        new CatalogState(() -> {
          if (++asked[0] == 1) {
            return first;
          }
          answers.await();
          return second;
        });
    assertEquals(new CatalogState.Reading(first, true), state.read());
    assertEquals(new CatalogState.Reading(first, false), state.read());
    assertEquals(new CatalogState.Reading(first, false), state.read());
    assertEquals(2, asked[0]);
    answers.countDown();
    assertEquals(new CatalogState.Reading(second, true), state.read());
  }
}
