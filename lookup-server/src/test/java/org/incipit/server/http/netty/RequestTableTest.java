package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.RawClient.Answer;
import org.incipit.server.http.netty.RequestTable.Case;
import org.incipit.server.http.netty.RequestTable.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request of {@code requests.txt} gets its answer, wherever its handler runs. */
class RequestTableTest {
  private static final String FIRST = "GET / HTTP/1.1\r\nHost: first\r\n\r\n";
  private static final String NEXT = "GET / HTTP/1.1\r\nHost: next\r\n\r\n";
  private static final int LONG = 1000;
  private static final int NEAR = 64;
  private static final int FAR = 1024;

  private static final List<TestServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    HttpLimits limits =
        new HttpLimits(
            16 << 10,
            100,
            8 << 10,
            8 << 10,
            1 << 26,
            8 << 10,
            1000,
            16,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    for (RunsOn place : RunsOn.values()) {
      Router router = new Router();
      router.get("/", place, (request, response) -> response.send("hello"));
      router.post("/echo", place, (request, response) -> response.send("x", request.body()));
      router.post("/early", place, RequestTableTest::answerEarly);
      router.post("/ignore", place, (request, response) -> response.send("ignored"));
      SERVERS.add(TestServer.start(router, limits));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    for (TestServer server : SERVERS) {
      server.close();
    }
  }

  private static void answerEarly(Request request, Response response) throws Exception {
    response.output().write("early".getBytes(UTF_8));
    response.output().flush();
    request.body();
  }

  @Test
  void aFaultOfABodyThatIsAnsweredAlreadyRewritesNothing() throws IOException {
    for (String path : List.of("/early", "/ignore")) {
      try (RawClient client = SERVERS.get(RunsOn.VIRTUAL.ordinal()).connect()) {
        client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertEquals("HTTP/1.1 200 OK", client.line(), path);
        String rest = client.send("2;\r\nhi\r\n0\r\n\r\n" + NEXT).rest();
        assertFalse(rest.contains("HTTP/1.1"), path + ": " + rest);
      }
    }
  }

  static List<Case> cases() throws IOException {
    return RequestTable.read();
  }

  @Test
  void theTableIsWhole() throws IOException {
    assertTrue(cases().size() >= 250, cases().size() + " cases");
    assertEquals(cases().size(), cases().stream().map(Case::name).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachGetsItsAnswer(Case c) throws IOException {
    for (RunsOn place : RunsOn.values()) {
      check(place, c, c.bytes().length());
      try (RawClient client = SERVERS.get(place.ordinal()).connect()) {
        check(c + ", as the first on " + place, client, c, c.bytes());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EVENT_LOOP", "VIRTUAL"})
  void eachGetsTheSameCutInTwoAnywhere(RunsOn place) throws IOException {
    AtomicInteger cuts = new AtomicInteger();
    cases().parallelStream()
        .forEach(c ->
            cuts(c.bytes().length())
                .filter(at -> place == RunsOn.EVENT_LOOP || at % 4 == 0)
                .forEach(at -> {
                  cuts.incrementAndGet();
                  try {
                    check(place, c, at);
                  } catch (IOException e) {
                    throw new AssertionError(c + ", cut at " + at, e);
                  }
                }));
    assertTrue(cuts.get() > (place == RunsOn.EVENT_LOOP ? 10_000 : 2_500), cuts + " cuts");
  }

  /** Every place; in what is made long by repetition, those at its ends and some between. */
  private static IntStream cuts(int length) {
    return IntStream.range(1, length)
        .filter(at -> length <= LONG || at < 2 * NEAR || at > length - NEAR || at % FAR == 0);
  }

  /**
   * Sends the first part behind a request whose answer is waited for, so that the server has read
   * it before it gets the second.
   */
  private static void check(RunsOn place, Case c, int at) throws IOException {
    String where = c + ", on " + place + ", cut at " + at;
    try (RawClient client = SERVERS.get(place.ordinal()).connect()) {
      client.send(FIRST + c.bytes().substring(0, at));
      assertEquals("hello", client.read().body(), where);
      check(where, client, c, c.bytes().substring(at));
    }
  }

  private static void check(String where, RawClient client, Case c, String bytes)
      throws IOException {
    try {
      client.send(bytes + (c.ends() ? "" : NEXT));
      if (c.ends()) {
        client.end();
      }
    } catch (SocketException e) {
      assertTrue(!c.keeps(), where + ": " + e);
    }
    for (Reply reply : c.replies()) {
      Answer answer = client.read();
      assertEquals(reply.status(), answer.status(), where);
      if (reply.status() < 300) {
        assertEquals(reply.body(), answer.body(), where);
      } else if (!c.keeps()) {
        assertEquals("close", answer.header("connection"), where);
      }
    }
    if (c.keeps()) {
      assertEquals("hello", client.read().body(), where);
    } else {
      assertTrue(client.isEnded(), where + ": the connection stays open");
    }
  }
}
