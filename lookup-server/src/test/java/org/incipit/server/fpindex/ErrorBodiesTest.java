package org.incipit.server.fpindex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.RawClient;
import org.incipit.server.http.netty.RawClient.Answer;
import org.incipit.server.http.netty.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that no handler has answered have the body of the others, in the form asked for. */
class ErrorBodiesTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int BODY_MEMORY = 64 << 10;

  /** Of one thread that computes: one runs, the others wait. */
  private static final int COMPUTING = 257;

  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private final ThreadPoolExecutor elsewhere =
      new ThreadPoolExecutor(1, 1, 0, SECONDS, new ArrayBlockingQueue<>(COMPUTING - 1));
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    serve(LONG);
  }

  private void serve(Duration requestTimeout) throws IOException {
    ErrorBodies errors = new ErrorBodies();
    Router router = new Router().errors(errors).use(errors);
    for (RunsOn place : RunsOn.values()) {
      String prefix = "/" + place.name().toLowerCase(Locale.ROOT);
      router.post(prefix, place, (request, response) -> response.send("x", request.body()));
      router.post(prefix + "/stream", place, (request, _) -> request.input().readAllBytes());
    }
    router.get("/wait", RunsOn.COMPUTE, (_, _) -> mayLeave.await());
    router.get(
        "/later",
        RunsOn.EVENT_LOOP,
        (_, response) -> response.handOver(elsewhere, (_, _) -> mayLeave.await()));
    router.get(
        "/error",
        RunsOn.COMPUTE,
        (_, _) -> {
          throw new AssertionError("on purpose");
        });
    HttpLimits d = HttpLimits.DEFAULT;
    server =
        TestServer.start(
            router,
            new HttpLimits(
                d.maxHeadBytes(),
                d.maxHeaders(),
                d.maxBodyBytes(),
                d.maxUnpackedBytes(),
                BODY_MEMORY,
                d.maxFrameBytes(),
                d.maxConnections(),
                d.maxPipelined(),
                LONG,
                LONG,
                requestTimeout,
                LONG));
  }

  @AfterEach
  void stop() throws IOException {
    mayLeave.countDown();
    server.close();
    elsewhere.shutdown();
  }

  private static String head(String line, String headers, boolean packed) {
    String accept = packed ? ApiServer.MSGPACK : ApiServer.JSON;
    return line + " HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n" + headers + "\r\n";
  }

  private void check(int status, String name, String line, String headers, String body)
      throws Exception {
    for (boolean packed : new boolean[] {false, true}) {
      try (RawClient client = server.connect()) {
        client.send(head(line, headers, packed) + body);
        check(status, name, packed, client.read());
      }
    }
  }

  private static void check(int status, String name, boolean packed, Answer answer)
      throws Exception {
    assertEquals(status, answer.status());
    if (packed) {
      assertEquals(ApiServer.MSGPACK, answer.header("content-type"));
      assertEquals("{\"e\":\"" + name + "\"}", Packed.json(answer.body().getBytes(ISO_8859_1)));
    } else {
      assertTrue(answer.header("content-type").startsWith(ApiServer.JSON));
      assertEquals("{\"error\":\"" + name + "\"}", answer.body());
    }
    assertTrue(!answer.header("error-reason").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/wait", "/later"})
  void whoFindsNoPlaceToCompute(String path) throws Exception {
    List<RawClient> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < COMPUTING; i++) {
        RawClient client = server.connect();
        waiting.add(client);
        client.send(head("POST /event_loop", "Content-Length: 0\r\n", false));
        assertEquals(200, client.read().status());
      }
      // The one loop takes them in this order.
      for (RawClient client : waiting) {
        client.send(head("GET " + path, "", false));
      }
      check(503, "Overloaded", "GET " + path, "", "");
    } finally {
      mayLeave.countDown();
      for (RawClient client : waiting) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /wait, 503, Overloaded",
    "GET, /later, 503, Overloaded",
    "POST, /compute, 408, RequestTimeout",
    "POST, /virtual, 408, RequestTimeout",
    "POST, /event_loop, 408, RequestTimeout",
  })
  void whoseTimeIsOver(String method, String path, int status, String name) throws Exception {
    server.close();
    serve(Duration.ofMillis(200));
    String headers = method.equals("POST") ? "Content-Length: 10\r\n" : "";
    check(status, name, method + " " + path, headers, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void whoseBodyCannotBeTaken(String path) throws Exception {
    String post = "POST " + path;
    String chunked = "Transfer-Encoding: chunked\r\n";
    check(400, "BadRequest", post, chunked, "2\r\nhigh\r\n");
    String gzip = "Content-Length: 4\r\nContent-Encoding: gzip\r\n";
    check(400, "BadRequest", post, gzip, "nope");
    check(400, "BadRequest", post + "/stream", gzip, "nope");
    String brotli = "Content-Length: 4\r\nContent-Encoding: br\r\n";
    check(415, "UnsupportedMediaType", post, brotli, "nope");
    check(413, "BodyTooBig", post, "Content-Length: 20000000\r\n", "");
    check(503, "Overloaded", post, "Content-Length: 100000\r\n", "x".repeat(100_000));
    check(417, "BadRequest", post, "Content-Length: 2\r\nExpect: x\r\n", "hi");
  }

  @Test
  void whatWentWrongHere() throws Exception {
    check(500, "InternalError", "GET /error", "", "");
  }

  @Test
  void noBodyIsSentToHead() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(head("HEAD /wait", "Expect: x\r\n", false));
      assertEquals(417, client.read(true).status());
      assertTrue(client.isEnded());
    }
  }
}
