package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP layer from outside, through the example application, with what the JDK has. */
class HttpbinIT {
  private static HttpbinProgram httpbin;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    httpbin = HttpbinProgram.start();
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    httpbin.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, byte[] body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(httpbin.at(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(httpbin.at(path)).build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Sends bytes and returns all that comes until the server closes. */
  private static String raw(String bytes) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", httpbin.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void aRequestIsReported() throws Exception {
    String report = text(get("/get?a=1&a=2&b=%C3%A9"));
    assertTrue(report.contains("\"args\" : {\n    \"a\" : [ \"1\", \"2\" ],"), report);
    assertTrue(report.contains("\"b\" : \"\u00e9\""), report);
    assertTrue(report.contains("\"origin\" : \"127.0.0.1\""), report);
    assertTrue(report.contains(httpbin.at("/get?a=1&a=2&b=%C3%A9").toString()), report);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /post", "PUT /put", "PATCH /patch", "DELETE /delete"})
  void aBodyIsReported(String methodAndPath) throws Exception {
    String[] words = methodAndPath.split(" ");
    HttpResponse<byte[]> response = send(words[0], words[1], "{\"x\":[1,null]}".getBytes());
    assertEquals(200, response.statusCode());
    assertTrue(text(response).contains("\"data\" : \"{\\\"x\\\":[1,null]}\""), text(response));
    assertTrue(text(response).contains("\"x\" : [ 1, null ]"), text(response));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 70_000, 8 << 20})
  void whatIsPostedAnywhereComesBack(int length) throws Exception {
    byte[] body = new byte[length];
    new Random(20261122).nextBytes(body);
    for (String path : new String[] {"/echo", "/", "/any/path"}) {
      HttpResponse<byte[]> response = send("POST", path, body);
      assertEquals(200, response.statusCode(), path);
      assertArrayEquals(body, response.body(), path);
    }
  }

  @Test
  void aBodyOfUnknownLengthComesBack() throws Exception {
    byte[] body = new byte[300_000];
    new Random(20261122).nextBytes(body);
    HttpRequest chunked =
        HttpRequest.newBuilder(httpbin.at("/echo"))
            .expectContinue(true)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build();
    assertArrayEquals(body, client.send(chunked, BodyHandlers.ofByteArray()).body());
  }

  @Test
  void lengthsAreAsAsked() throws Exception {
    assertEquals(0, get("/bytes/0").body().length);
    assertEquals(12_345, get("/bytes/12345").body().length);
    HttpResponse<byte[]> streamed = get("/stream-bytes/1000003?chunk_size=7000&seed=1");
    assertEquals(1_000_003, streamed.body().length);
    assertEquals("chunked", streamed.headers().firstValue("Transfer-Encoding").orElse(""));
    assertArrayEquals(streamed.body(), get("/stream-bytes/1000003?chunk_size=7000&seed=1").body());
    assertEquals(20, text(get("/stream/20")).lines().count());
  }

  @Test
  void statusesAreAsAsked() throws Exception {
    for (int status : new int[] {200, 204, 304, 400, 404, 418, 500, 503, 599}) {
      assertEquals(status, get("/status/" + status).statusCode());
    }
    assertEquals(400, get("/status/abc").statusCode());
    assertEquals(404, get("/nowhere").statusCode());
    assertEquals(405, send("PUT", "/get", new byte[0]).statusCode());
  }

  @Test
  void redirectsAndCookiesAreFollowed() throws Exception {
    assertTrue(text(get("/redirect/3")).contains("\"args\""));
    assertTrue(text(get("/cookies/set?flavour=oat")).contains("\"flavour\" : \"oat\""));
    assertFalse(text(get("/cookies/delete?flavour")).contains("oat"));
  }

  @Test
  void packedAnswersAreUnpacked() throws Exception {
    HttpResponse<byte[]> response = get("/gzip");
    assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse(""));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      String plain = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(plain.contains("\"gzipped\" : true"), plain);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String place = i % 2 == 0 ? "/echo" : "/anything";
      String body = "number " + i + ".";
      requests.append(
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(place, body.length(), body));
    }
    String all = raw(requests + "GET /ip HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    int at = 0;
    for (int i = 0; i < 200; i++) {
      at = all.indexOf("number " + i + ".", at);
      assertTrue(at > 0, "number " + i);
    }
    assertTrue(all.indexOf("\"origin\"", at) > 0);
  }

  @Test
  void whatIsMalformedIsRefusedAndNothingBehindItIsAnswered() throws Exception {
    String smuggled = "GET /ip HTTP/1.1\r\nHost: x\r\n\r\n";
    for (String head :
        new String[] {
          "GET / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
          "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;\r\nabc\r\n0\r\n\r\n"
        }) {
      String answer = raw(head + smuggled);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertFalse(answer.contains("origin"), answer);
    }
  }

  @Test
  void toldToEndItFinishesWhatIsUnderWayAndEndsWell() throws Exception {
    try (HttpbinProgram other = HttpbinProgram.start()) {
      HttpRequest late = HttpRequest.newBuilder(other.at("/delay/2")).build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(late, BodyHandlers.ofString());
      HttpRequest first = HttpRequest.newBuilder(other.at("/stream-bytes/100000000")).build();
      HttpResponse<InputStream> stream = client.send(first, BodyHandlers.ofInputStream());
      try (InputStream in = stream.body()) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> exit.completeAsync(() -> ended(other)));
        assertEquals(100_000_000, in.transferTo(OutputStream.nullOutputStream()));
        assertEquals(200, answer.join().statusCode());
        assertEquals(0, exit.join());
      }
    }
  }

  private static int ended(HttpbinProgram program) {
    try {
      return program.end();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nonsenseOnTheCommandLineIsOneLineAndItIsNotInTheHelp() throws Exception {
    Outcome wrong = incipit("httpbin", "-l", "nowhere");
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().startsWith("ERROR: ") && wrong.err().lines().count() == 1, wrong.err());
    Outcome taken = incipit("httpbin", "-l", "127.0.0.1:" + httpbin.port());
    assertEquals(2, taken.exit());
    assertTrue(taken.err().startsWith("ERROR: ") && taken.err().lines().count() == 1, taken.err());
    assertFalse(incipit("--help").out().contains("httpbin"));
  }

  private static Outcome incipit(String... args) throws Exception {
    return Program.at(Program.distribution().resolve("bin/incipit"), args).run();
  }
}
