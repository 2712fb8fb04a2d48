package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Response.Outcome;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that mean no good, or are broken. */
class HttpAbuseTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final BlockingQueue<InputStream> bodies = new LinkedBlockingQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Router router = new Router();
    router.get(
        "/wait",
        RunsOn.VIRTUAL,
        (request, response) -> {
          response.whenDone(outcomes::add);
          entered.countDown();
          mayLeave.await();
          response.send("waited");
        });
    router.post(
        "/read",
        RunsOn.VIRTUAL,
        (request, response) -> {
          response.whenDone(outcomes::add);
          entered.countDown();
          try {
            response.send("x", request.body());
          } finally {
            ends.add("read");
          }
        });
    router.get(
        "/long",
        RunsOn.EVENT_LOOP,
        (request, response) -> {
          answered.incrementAndGet();
          response.send("x", new byte[30_000]);
        });
    router.post(
        "/refuse",
        RunsOn.VIRTUAL,
        (request, response) -> {
          InputStream body = request.input();
          while (body.available() < 40_000) {
            Thread.sleep(1);
          }
          bodies.add(body);
          throw new HttpError(404, "no such thing");
        });
    router.get(
        "/split",
        RunsOn.EVENT_LOOP,
        (request, response) -> response.send("text/plain\r\nX: y", new byte[1]));
    server = TestServer.start(router);
  }

  @AfterEach
  void stop() throws IOException {
    mayLeave.countDown();
    server.close();
  }

  @Test
  void whoReadsABodyThatIsMalformedLearnsOfIt() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
      entered.await();
      client.send("zz\r\n");
      assertEquals(400, client.read().status());
      assertTrue(client.isEnded());
    }
    assertNotNull(ends.poll(20, TimeUnit.SECONDS), "the handler waits for ever");
    assertEquals(400, outcomes.take().status());
  }

  @Test
  void aMalformedRequestIsAnsweredAfterThoseBeforeIt() throws Exception {
    try (RawClient client = server.connect()) {
      String first = "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n";
      String others = "GET /long HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n";
      client.send(first);
      entered.await();
      client.send(others);
      server.watch().awaitReceived(first.length() + others.length());
      mayLeave.countDown();
      assertEquals("waited", client.read().body());
      assertEquals(30_000, client.read().body().length());
      assertEquals(400, client.read().status());
      assertTrue(client.isEnded());
    }
    assertEquals(200, outcomes.take().status());
  }

  @Test
  void longHeadsWaitOutsideAndAreAllAnswered() throws Exception {
    String head = "GET /long HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(100_000) + "\r\n\r\n";
    try (RawClient client = server.connect()) {
      client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
      entered.await();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.send(head.repeat(50));
                } catch (IOException e) {
                  ends.add("closed");
                }
              });
      assertTrue(server.watch().pausesBefore(50L * head.length()), "all heads wait in memory");
      mayLeave.countDown();
      assertEquals("waited", client.read().body());
      for (int i = 0; i < 50; i++) {
        assertEquals(30_000, client.read().body().length());
      }
      sender.join();
    }
    assertEquals(50, answered.get());
  }

  @Test
  void whatWaitsIsAtMostManyHeadsOrLongOnes() throws Exception {
    HttpLimits limits = HttpLimits.DEFAULT;
    try (HttpServer alone = new HttpServer(new Router(), limits, 1)) {
      EmbeddedChannel channel = new EmbeddedChannel();
      EventLoop loop = channel.eventLoop();
      HttpConnection connection =
          new HttpConnection(alone, channel, new Sweep(loop, limits), new Round(loop));
      HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
      Turns turns = new Turns();
      turns.begin(alone.exchange(connection, head, 0));
      for (int i = 0; i < limits.maxPipelined(); i++) {
        assertTrue(turns.hasRoom(limits));
        turns.add(alone.exchange(connection, head, 0), 20);
      }
      assertFalse(turns.hasRoom(limits));
      turns.clear("on purpose");
      turns.add(alone.exchange(connection, head, 0), limits.maxHeadBytes() - 1);
      assertTrue(turns.hasRoom(limits));
      turns.add(alone.exchange(connection, head, 0), 20);
      assertFalse(turns.hasRoom(limits));
      turns.clear("on purpose");
      assertTrue(turns.hasRoom(limits));
      channel.finishAndReleaseAll();
    }
  }

  @Test
  void whoTakesNoAnswersGetsNoMore() throws Exception {
    int requests = 20_000;
    try (RawClient client = server.connect()) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.send("GET /long HTTP/1.1\r\nHost: x\r\n\r\n".repeat(requests));
                } catch (IOException e) {
                  ends.add("closed");
                }
              });
      int before = -1;
      while (answered.get() != before || before == 0) {
        before = answered.get();
        Thread.sleep(300);
      }
      assertTrue(before < 1000, before + " answers wait in memory");
      for (int i = 0; i < requests; i++) {
        assertEquals(200, client.read().status());
      }
      sender.join();
    }
  }

  @Test
  void whatNobodyReadOfABodyIsLetGo() throws Exception {
    try (RawClient client = server.connect()) {
      client.send("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n");
      client.send("x".repeat(40_000));
      assertEquals(404, client.read().status());
    }
    InputStream body = bodies.take();
    for (int i = 0; i < 1000 && body.available() > 0; i++) {
      Thread.sleep(20);
    }
    assertEquals(0, body.available());
  }

  @Test
  void noContentTypeAddsLines() throws Exception {
    try (RawClient client = server.connect()) {
      RawClient.Answer answer = client.send("GET /split HTTP/1.1\r\nHost: x\r\n\r\n").read();
      assertEquals(500, answer.status());
      assertEquals("", answer.header("x"));
    }
  }
}
