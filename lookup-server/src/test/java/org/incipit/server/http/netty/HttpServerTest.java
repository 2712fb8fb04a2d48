package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.http.netty.RawClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds wherever a handler runs. */
class HttpServerTest {
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(Routes.router());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void anAnswerHasLengthTypeAndDateAndTheConnectionGoesOn(String place) throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        Answer answer = client.send(get(place + "/hello")).read();
        assertEquals(200, answer.status());
        assertEquals("hello", answer.body());
        assertEquals("5", answer.header("content-length"));
        assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
        assertTrue(answer.header("date").endsWith(" GMT"));
        assertEquals("", answer.header("connection"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void bodiesComeBackAsTheyWent(String place) throws IOException {
    String body = "0123456789".repeat(50_000);
    try (RawClient client = server.connect()) {
      assertEquals(body, client.send(post(place + "/whole", body)).read().body());
      assertEquals(body, client.send(post(place + "/stream", body)).read().body());
      String chunked =
          "POST "
              + place
              + "/stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "5;a=b;c=\"d\\\"\"\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nTrailer: 1\r\n\r\n";
      assertEquals("hello world", client.send(chunked).read().body());
      assertEquals("hello", client.send(get(place + "/hello")).read().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void pipelinedRequestsAreAnsweredInTheirOrder(String place) throws IOException {
    StringBuilder all = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.append(get(place + "/name/n" + i)).append(post(place + "/whole", "b" + i));
      expected.add("n" + i);
      expected.add("b" + i);
    }
    try (RawClient client = server.connect()) {
      client.send(all.toString());
      List<String> got = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        got.add(client.read().body());
      }
      assertEquals(expected, got);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void whatHandlersThrowBecomesAnAnswer(String place) throws IOException {
    try (RawClient client = server.connect()) {
      Answer teapot = client.send(get(place + "/teapot")).read();
      assertEquals(418, teapot.status());
      assertEquals("short and stout\n", teapot.body());
      Answer failed = client.send(get(place + "/fail")).read();
      assertEquals(500, failed.status());
      assertFalse(failed.body().contains("purpose"));
      assertEquals(404, client.send(get(place + "/none")).read().status());
      Answer other = client.send(post(place + "/hello", "")).read();
      assertEquals(405, other.status());
      assertEquals("GET, HEAD, OPTIONS", other.header("allow"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void headHasTheHeadOfGetAndNoBody(String place) throws IOException {
    try (RawClient client = server.connect()) {
      Answer head = client.send(get(place + "/hello").replace("GET", "HEAD")).read(true);
      assertEquals("5", head.header("content-length"));
      client.send(get(place + "/bytes/100000").replace("GET", "HEAD")).read(true);
      assertEquals("hello", client.send(get(place + "/hello")).read().body());
      assertEquals(204, client.send(get(place + "/nothing")).read().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void longAnswersComeInWhole(String place) throws IOException {
    try (RawClient client = server.connect()) {
      for (int n : new int[] {0, 1, 511, 512, 513, 16_384, 16_385, 1_000_000}) {
        Answer answer = client.send(get(place + "/bytes/" + n)).read();
        assertEquals(200, answer.status());
        assertEquals(n, answer.body().length());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void anAnswerThatIsNotAsLongAsAnnouncedEndsTheConnection(String place) throws IOException {
    try (RawClient right = server.connect();
        RawClient longer = server.connect();
        RawClient shorter = server.connect()) {
      String body = right.send(get(place + "/announced/90000/90000")).read().body();
      assertEquals(90_000, body.length());
      assertFalse(longer.send(get(place + "/announced/5/90000")).rest().contains("xxxxxx"));
      assertTrue(shorter.send(get(place + "/announced/90000/5")).rest().length() < 90_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void http10ClosesUnlessAskedNotTo(String place) throws IOException {
    try (RawClient closing = server.connect();
        RawClient staying = server.connect();
        RawClient newer = server.connect()) {
      closing.send("GET " + place + "/hello HTTP/1.0\r\n\r\n");
      assertEquals("close", closing.read().header("connection"));
      assertTrue(closing.isEnded());
      staying.send("GET " + place + "/hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertEquals("keep-alive", staying.read().header("connection"));
      Answer large = staying.send("GET " + place + "/bytes/100000 HTTP/1.0\r\n\r\n").read();
      assertEquals(100_000, large.body().length());
      assertEquals("", large.header("transfer-encoding"));
      newer.send("GET " + place + "/hello HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n");
      assertEquals("close", newer.read().header("connection"));
      assertTrue(newer.isEnded());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void aHandlerThatFailsLateRewritesNothing(String place) throws IOException {
    try (RawClient client = server.connect()) {
      String all = client.send(get(place + "/late-fail") + get(place + "/hello")).end().rest();
      boolean held = !place.equals("/virtual");
      assertEquals(held ? 500 : 200, Integer.parseInt(all.substring(9, 12)));
      assertEquals(held, all.contains("hello"));
    }
  }
}
