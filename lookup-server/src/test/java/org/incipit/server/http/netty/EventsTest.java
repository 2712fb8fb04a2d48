package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.EventStream;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events, over raw sockets and read by Python's standard library. */
class EventsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Reads a stream as the standard says, and prints each event on a line. */
  private static final String PYTHON =
      """
      import http.client, sys
      c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=20)
      c.request('GET', '/story', headers={'Accept': 'text/event-stream'})
      r = c.getresponse()
      print(r.status, r.headers['Content-Type'], r.headers['Cache-Control'])
      event, name, data, retry = '', '', [], ''
      for line in r:
          line = line.decode('utf-8').rstrip('\\n')
          key, _, value = line.partition(':')
          value = value[1:] if value.startswith(' ') else value
          if line == '':
              if data: print([name, event, data])
              name, data = '', []
          elif key == '': print('comment', value)
          elif key == 'event': name = value
          elif key == 'id': event = value
          elif key == 'data': data.append(value)
          elif key == 'retry': print('retry', value)
      """;

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final Semaphore next = new Semaphore(0);
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Router router = new Router();
    router.get(
        "/story",
        RunsOn.VIRTUAL,
        (request, response) -> {
          try (EventStream events = response.events()) {
            events.retry(Duration.ofMillis(1500));
            events.comment("once\nupon");
            events.send("one");
            events.send("kind", "7", "two\r\nlines\rthen\n\nthe end \u20AC");
            events.send("");
          }
        });
    router.get(
        "/stepwise",
        RunsOn.VIRTUAL,
        (request, response) -> {
          EventStream events = response.events();
          try {
            for (int i = 0; next.tryAcquire(20, TimeUnit.SECONDS); i++) {
              events.send(i + " " + Deadline.current().isLimited());
            }
          } catch (IOException e) {
            ends.add(String.valueOf(e.getMessage()));
            throw e;
          }
        });
    router.get(
        "/flood",
        RunsOn.VIRTUAL,
        (request, response) -> {
          try (EventStream events = response.events()) {
            while (true) {
              events.send("x".repeat(10_000));
            }
          } catch (IOException e) {
            ends.add(String.valueOf(e.getMessage()));
            throw e;
          }
        });
    router.get("/wrong", RunsOn.COMPUTE, (request, response) -> response.events().send("x"));
    server = TestServer.start(router, WebSocketRoutes.limits(1000, LONG, SHORT, SHORT));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private String end() throws InterruptedException {
    String end = ends.poll(20, TimeUnit.SECONDS);
    assertNotNull(end, "the handler does not end");
    return end;
  }

  /** The data of the next event that comes in a chunk of its own. */
  private static String event(RawClient client) throws IOException {
    assertTrue(Integer.parseInt(client.line(), 16) > 0);
    StringBuilder text = new StringBuilder();
    int b;
    do {
      b = client.readByte();
      text.append((char) b);
    } while (!text.toString().endsWith("\n\n"));
    client.line();
    return text.substring("data: ".length(), text.length() - 2);
  }

  private static void skipHead(RawClient client) throws IOException {
    String line = client.line();
    while (!line.isEmpty()) {
      line = client.line();
    }
  }

  @Test
  void pythonReadsLinesIdsKindsCommentsAndPauses() throws Exception {
    Process python =
        new ProcessBuilder("python3", "-c", PYTHON, String.valueOf(server.port()))
            .redirectErrorStream(true)
            .start();
    String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        List.of(
            "200 text/event-stream no-cache",
            "retry 1500",
            "comment once",
            "comment upon",
            "['', '', ['one']]",
            "['kind', '7', ['two', 'lines', 'then', '', 'the end \u20AC']]",
            "['', '7', ['']]"),
        out.lines().toList());
    assertEquals(0, python.waitFor());
  }

  @Test
  void namesAndIdsCannotEndTheirLines() {
    ServerEvents events = new ServerEvents(new ByteArrayOutputStream(), false);
    for (String bad : List.of("a\nb", "a\rb", "\n", "a\0")) {
      assertThrows(IllegalArgumentException.class, () -> events.send(bad, "", "x"));
      assertThrows(IllegalArgumentException.class, () -> events.send("", bad, "x"));
    }
  }

  @Test
  void eachEventIsOnItsWayAtOnceAndNoDeadlineHolds() throws Exception {
    try (RawClient client = server.connect()) {
      skipHead(client.send(get("/stepwise")));
      for (int i = 0; i < 4; i++) {
        // Together longer than a request may take.
        Thread.sleep(80);
        next.release();
        assertEquals(i + " false", event(client));
      }
    }
    // The first of these may be on its way before the news that the client has gone.
    next.release(10_000);
    assertTrue(end().startsWith("the connection has ended"));
  }

  @Test
  void theEndOfTheServerEndsTheStreamInOrder() throws Exception {
    try (RawClient client = server.connect()) {
      skipHead(client.send(get("/stepwise")));
      next.release();
      assertEquals("0 false", event(client));
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      assertEquals("0\r\n\r\n", client.rest());
      assertTrue(drained.get());
      next.release();
      assertEquals("the server is ending", end());
    }
  }

  @Test
  void aSilentStreamShowsThatItLivesAndEndsInOrder() throws Exception {
    Router router = new Router();
    router.get(
        "/silent",
        RunsOn.VIRTUAL,
        (request, response) -> {
          EventStream events = response.events();
          next.tryAcquire(20, TimeUnit.SECONDS);
          events.send("at last");
        });
    HttpLimits limits = WebSocketRoutes.limits(1000, SHORT, LONG, LONG);
    try (TestServer silent = TestServer.start(router, limits);
        RawClient client = silent.connect()) {
      skipHead(client.send(get("/silent")));
      for (int i = 0; i < 10; i++) {
        assertEquals("4", client.line());
        StringBuilder comment = new StringBuilder();
        while (comment.length() < 4) {
          comment.append((char) client.readByte());
        }
        assertEquals(": \n\n", comment.toString());
        assertEquals("", client.line());
      }
      next.release();
      String rest = client.rest();
      assertTrue(rest.contains("data: at last\n\n"), rest);
      assertTrue(rest.endsWith("\r\n0\r\n\r\n"), rest);
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOff() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(get("/flood"));
      assertTrue(end().startsWith("the connection has ended"));
    }
  }

  @Test
  void headHasNoEventsAndTheConnectionGoesOn() throws IOException {
    try (RawClient client = server.connect()) {
      String head = get("/story").replace("GET", "HEAD");
      assertEquals("text/event-stream", client.send(head).read(true).header("content-type"));
      assertEquals(200, client.send(get("/story")).read().status());
      assertEquals(500, client.send(get("/wrong")).read().status());
    }
  }

  @Test
  void http10GetsThemUntilTheConnectionEnds() throws IOException {
    try (RawClient client = server.connect()) {
      String all = client.send("GET /story HTTP/1.0\r\n\r\n").rest();
      assertTrue(all.endsWith("data: \n\n"), all);
      assertFalse(all.contains("chunked"), all);
    }
  }
}
