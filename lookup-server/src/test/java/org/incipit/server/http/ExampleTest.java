package org.incipit.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of package-info.java, compiled and run by the java command, from outside. */
class ExampleTest {
  private static final Path SOURCE =
      Path.of("src/main/java/org/incipit/server/http/package-info.java");

  @TempDir private Path folder;

  @Test
  void theExampleIsAWholeServerInThirtyLines() throws Exception {
    List<String> lines = example();
    assertTrue(lines.size() <= 30, lines.size() + " lines");
    Path source = folder.resolve("Example.java");
    Files.write(source, lines);
    Process process = start(source);
    try (BufferedReader out = process.inputReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String root = "http://" + out.readLine();
      assertEquals("200 Hello, w\u00f6rld!", get(client, root + "/hello/w%C3%B6rld"));
      assertEquals("200 [84]", get(client, root + "/api/double?number=42"));
      assertTrue(get(client, root + "/api/double?number=x").startsWith("400 parameter number"));
      assertEquals("404", get(client, root + "/api/triple").substring(0, 3));
      String text = "again and ".repeat(100_000);
      HttpRequest copy =
          HttpRequest.newBuilder(URI.create(root + "/copy"))
              .POST(BodyPublishers.ofString(text))
              .build();
      assertEquals(text, client.send(copy, BodyHandlers.ofString()).body());
      process.outputWriter().close();
      assertEquals(0, process.waitFor());
    } finally {
      process.destroyForcibly().waitFor();
    }
    String log = Files.readString(folder.resolve("err"));
    assertTrue(log.contains(" GET /hello/w%C3%B6rld 200 14 "), log);
  }

  private Process start(Path source) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "--enable-native-access=ALL-UNNAMED",
            source.toString(),
            "127.0.0.1")
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private static List<String> example() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(SOURCE)) {
      if (line.equals(" * }</pre>")) {
        return lines;
      } else if (inside) {
        lines.add(line.substring(Math.min(3, line.length())));
      }
      inside |= line.endsWith("{@code") && line.contains("<pre>");
    }
    throw new AssertionError("there is no example in " + SOURCE);
  }

  private static String get(HttpClient client, String uri)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
