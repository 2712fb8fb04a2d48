package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.incipit.server.http.Response.Outcome;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.RawClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire beyond requests and answers as such. */
class HttpWireTest {
  private static final long SEED = Long.getLong("tests.seed", 20_261_122);

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Router router = Routes.router();
    router.get(
        "/wait",
        RunsOn.VIRTUAL,
        (request, response) -> {
          entered.countDown();
          mayLeave.await();
          response.send("waited");
        });
    router.get(
        "/endless",
        RunsOn.VIRTUAL,
        (request, response) -> {
          response.whenDone(outcomes::add);
          byte[] some = new byte[10_000];
          while (true) {
            response.output().write(some);
          }
        });
    server = TestServer.start(router);
  }

  @AfterEach
  void stop() throws IOException {
    mayLeave.countDown();
    server.close();
  }

  private static String post(String path, int length, String headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + length
        + "\r\n"
        + headers
        + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void theBodyIsAskedForWhenItIsWanted(String place) throws IOException {
    try (RawClient client = server.connect()) {
      client.send(post(place + "/whole", 5, "Expect: 100-continue\r\n"));
      assertEquals(100, client.read().status());
      assertEquals("hello", client.send("hello").read().body());
      assertEquals("abc", client.send(post(place + "/whole", 3, "") + "abc").read().body());
    }
  }

  @Test
  void theBodyIsNotAskedForWhenNobodyReadsIt() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(post("/virtual/ignore", 5, "Expect: 100-continue\r\n"));
      Answer answer = client.read();
      assertEquals("ignored", answer.body());
      assertEquals("close", answer.header("connection"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void aBodyThatNobodyReadsIsDroppedAndTheConnectionGoesOn(String place) throws IOException {
    try (RawClient client = server.connect()) {
      String body = "x".repeat(100_000);
      client.send(post(place + "/ignore", body.length(), "") + body);
      client.send(post(place + "/whole", 2, "") + "ok");
      assertEquals("ignored", client.read().body());
      assertEquals("ok", client.read().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void packedBodiesAreUnpackedAndDamagedOnesRefused(String place) throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write("hello".repeat(1000).getBytes(ISO_8859_1));
    }
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write("hello".getBytes(ISO_8859_1));
    }
    String path = place + "/whole";
    try (RawClient client = server.connect()) {
      client.send(post(path, gzip.size(), "Content-Encoding: gzip\r\n")).send(gzip.toByteArray());
      assertEquals("hello".repeat(1000), client.read().body());
      client.send(post(path, zlib.size(), "Content-Encoding: deflate\r\n"));
      assertEquals("hello", client.send(zlib.toByteArray()).read().body());
      client.send(post(path, 5, "Content-Encoding: gzip\r\n") + "hello");
      assertEquals(400, client.read().status());
      client.send(post(path, gzip.size() - 9, "Content-Encoding: gzip\r\n"));
      client.send(Arrays.copyOf(gzip.toByteArray(), gzip.size() - 9));
      assertEquals(400, client.read().status());
      client.send(post(path, 5, "Content-Encoding: br\r\n") + "hello");
      assertEquals(415, client.read().status());
    }
  }

  @Test
  void aClientThatHasSaidAllStillGetsItsAnswers() throws IOException {
    String get = "GET /virtual/hello HTTP/1.1\r\nHost: x\r\n\r\n";
    try (RawClient client = server.connect()) {
      client.send(get.repeat(30)).end();
      for (int i = 0; i < 30; i++) {
        assertEquals("hello", client.read().body());
      }
      assertTrue(client.isEnded());
    }
  }

  @Test
  void drainingEndsIdleConnectionsAndLetsRequestsFinish() throws Exception {
    try (RawClient idle = server.connect();
        RawClient busy = server.connect()) {
      assertEquals(
          200, idle.send("GET /virtual/hello HTTP/1.1\r\nHost: x\r\n\r\n").read().status());
      busy.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
      entered.await();
      CompletableFuture<Boolean> draining = CompletableFuture.supplyAsync(server::drain);
      assertTrue(idle.isEnded());
      server.watch().awaitDrained(2);
      mayLeave.countDown();
      Answer answer = busy.read();
      assertEquals("waited", answer.body());
      assertEquals("close", answer.header("connection"));
      assertTrue(busy.isEnded());
      assertTrue(draining.get());
    }
  }

  @Test
  void aHandlerLearnsThatNobodyListensAnyMore() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals("HTTP/1.1 200 OK", client.line());
    }
    Outcome outcome = outcomes.take();
    assertEquals(200, outcome.status());
    assertFalse(outcome.complete());
  }

  @Test
  void validRequestsAreAnsweredAlikeHoweverTheyAreSplit() throws IOException {
    String requests =
        "\r\nGET /event_loop/name/a%20b?q=1 HTTP/1.1\r\nHost: [::1]:80\r\nA:\t b \r\nB:\r\n\r\n"
            + post("/event_loop/whole", 5, "")
            + "hello"
            + "POST /virtual/stream HTTP/1.1\r\nHost: a.b:1\r\nTransfer-Encoding: Chunked\r\n\r\n"
            + "3;x\r\nabc\r\n002\r\nde\r\n0\r\nT: u\r\n\r\n"
            + "GET http://h/compute/hello HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n";
    Random random = new Random(SEED);
    for (int at = 1; at < requests.length(); at++) {
      int second = at + random.nextInt(requests.length() - at);
      try (RawClient client = server.connect()) {
        client.send(requests.substring(0, at)).send(requests.substring(at, second));
        client.send(requests.substring(second));
        String where = "split at " + at + " and " + second + ", seed " + SEED;
        assertEquals("a b", client.read().body(), where);
        assertEquals("hello", client.read().body(), where);
        assertEquals("abcde", client.read().body(), where);
        assertEquals("hello", client.read().body(), where);
        assertTrue(client.isEnded(), where);
      }
    }
  }

  @Test
  void aFingerprintOf118KbFitsIntoAUrl() throws IOException {
    String query = "a".repeat(118 << 10);
    try (RawClient client = server.connect()) {
      client.send("GET /event_loop/hello?f=" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(200, client.read().status());
    }
  }

  @ParameterizedTest
  @CsvSource({"414, GET /", "431, GET / HTTP/1.1|Host: x|A:%20"})
  void aHeadOf200KbIsRefusedWhileItComes(int status, String begin) throws IOException {
    try (RawClient client = server.connect()) {
      client.send(begin.replace("|", "\r\n").replace("%20", " ") + "a".repeat(200_000));
      Answer answer = client.read();
      assertEquals(status, answer.status());
      assertEquals("close", answer.header("connection"));
    }
  }
}
