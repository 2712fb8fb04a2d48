package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Response.Outcome;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.RawClient.Answer;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that come at once, and share a virtual thread. */
class PipeliningTest {
  private static final long SEED = Long.getLong("tests.seed", 20_261_123);
  private static final String HELLO = get("/virtual/hello");

  private static final Executor ELSEWHERE = work -> Thread.ofPlatform().start(work);

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private final AtomicInteger counted = new AtomicInteger();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Deadline> deadlines = new LinkedBlockingQueue<>();
  private final Router router = Routes.router();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    router.get(
        "/wait",
        RunsOn.VIRTUAL,
        (request, response) -> {
          response.whenDone(outcomes::add);
          deadlines.add(Deadline.current());
          entered.countDown();
          mayLeave.await();
          response.send("waited");
        });
    router.get(
        "/linger",
        RunsOn.VIRTUAL,
        (request, response) -> {
          response.send("lingers");
          mayLeave.await();
        });
    router.get(
        "/last",
        RunsOn.VIRTUAL,
        (request, response) -> response.header("Connection", "close").send("last"));
    router.get(
        "/count",
        RunsOn.VIRTUAL,
        (request, response) -> response.send("" + counted.incrementAndGet()));
    router.get(
        "/elsewhere",
        RunsOn.VIRTUAL,
        (request, response) -> response.handOver(ELSEWHERE, (_, later) -> later.send("elsewhere")));
    server = TestServer.start(router);
  }

  @AfterEach
  void stop() throws IOException {
    mayLeave.countDown();
    server.close();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  @Test
  void answersKeepTheOrderOfRequestsWhereverHandlersRunAndHoweverBodiesCome() throws IOException {
    Random random = new Random(SEED);
    String[] places = {"/virtual", "/virtual", "/virtual", "/compute", "/event_loop"};
    StringBuilder all = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String place = places[random.nextInt(places.length)];
      String body = i + "-" + "x".repeat(random.nextInt(random.nextInt(40_000) + 1));
      switch (random.nextInt(5)) {
        case 0 -> all.append(post(place + "/whole", body));
        case 1 -> all.append(post(place + "/stream", body));
        case 2 -> {
          all.append(get("/elsewhere"));
          body = "elsewhere";
        }
        default -> {
          body = "n" + i;
          all.append(get(place + "/name/" + body));
        }
      }
      expected.add(body);
    }
    try (RawClient client = server.connect()) {
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              for (int at = 0; at < all.length(); ) {
                int end = Math.min(all.length(), at + 1 + random.nextInt(5000));
                client.send(all.substring(at, end));
                at = end;
              }
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      for (String body : expected) {
        assertEquals(body, client.read().body(), "seed " + SEED);
      }
      sender.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSlowThirdOneDoesNotHoldBackTheFirstTwo() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(HELLO + HELLO + get("/wait") + HELLO);
      assertEquals("hello", client.read().body());
      assertEquals("hello", client.read().body());
      entered.await();
      mayLeave.countDown();
      assertEquals("waited", client.read().body());
      assertEquals("hello", client.read().body());
    }
    assertTrue(deadlines.take().isLimited());
  }

  @Test
  void aHandlerThatHasAnsweredAndNotReturnedHoldsBackNone() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(HELLO + get("/linger") + get("/linger") + HELLO);
      assertEquals("hello", client.read().body());
      assertEquals("lingers", client.read().body());
      assertEquals("lingers", client.read().body());
      assertEquals("hello", client.read().body());
    }
  }

  @Test
  void afterOneThatFailsTheOthersAreAnswered() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(HELLO + get("/virtual/fail") + get("/virtual/none") + HELLO);
      assertEquals(200, client.read().status());
      assertEquals(500, client.read().status());
      assertEquals(404, client.read().status());
      assertEquals("hello", client.read().body());
    }
  }

  @Test
  void afterOneThatFailsInItsBodyNoneRuns() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(HELLO + get("/virtual/late-fail") + get("/count"));
      assertEquals("hello", client.read().body());
      assertTrue(client.rest().startsWith("HTTP/1.1 200 OK"));
    }
    assertEquals(0, counted.get());
  }

  @Test
  void afterOneThatEndsTheConnectionNoneRuns() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(get("/count") + get("/last") + get("/count"));
      assertEquals("1", client.read().body());
      assertEquals("close", client.read().header("connection"));
      assertTrue(client.isEnded());
    }
    assertEquals(1, counted.get());
  }

  @Test
  void aDrainLetsTheRunningOneFinishAndThoseBehindItUnanswered() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(get("/count") + get("/wait") + get("/count"));
      assertEquals("1", client.read().body());
      entered.await();
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      server.watch().awaitDrained(1);
      mayLeave.countDown();
      Answer waited = client.read();
      assertEquals("waited", waited.body());
      assertEquals("close", waited.header("connection"));
      assertTrue(client.isEnded());
      assertTrue(drained.get());
    }
    assertEquals(1, counted.get());
  }

  @Test
  void aBodyThatCanNeverBeWholeEndsTheConnectionBehindTheAnswerBeforeIt() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(HELLO + post("/compute/whole", "12345").replace("Length: 5", "Length: 10")).end();
      assertEquals(200, client.read().status());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void whoIsRefusedAndGoesOnSendingIsCutOffAndKeepsItsAnswers() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(get("/wait") + "FOO / HTTP/1.1\r\nHost: x\r\n\r\n");
      entered.await();
      client.send("x".repeat(1 << 20));
      mayLeave.countDown();
      assertEquals("waited", client.read().body());
      assertEquals(501, client.read().status());
      client.send("x".repeat(1 << 20));
      assertTrue(client.isEnded());
    }
  }

  @Test
  void whenTheOtherSideLeavesTheRunningOneLearnsOfItAndNoneBehindItRuns() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(get("/wait") + get("/count"));
      entered.await();
      client.reset();
    }
    Outcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
    assertNotNull(outcome, "the handler is not told");
    assertFalse(outcome.complete());
    mayLeave.countDown();
    server.close();
    assertEquals(0, counted.get());
  }

  @Test
  void theTimeOfOneBeginsWhenThoseBeforeItAreAnswered() throws Exception {
    Duration time = Duration.ofSeconds(2);
    HttpLimits most = HttpLimits.DEFAULT;
    HttpLimits limits =
        new HttpLimits(
            most.maxHeadBytes(),
            most.maxHeaders(),
            most.maxBodyBytes(),
            most.maxUnpackedBytes(),
            most.bodyMemoryBytes(),
            most.maxFrameBytes(),
            most.maxConnections(),
            most.maxPipelined(),
            most.idleTimeout(),
            most.headTimeout(),
            time,
            most.writeTimeout());
    router.get(
        "/third",
        RunsOn.VIRTUAL,
        (request, response) -> {
          Thread.sleep(time.dividedBy(3));
          response.send("third");
        });
    try (TestServer hasty = TestServer.start(router, limits);
        RawClient client = hasty.connect()) {
      client.send(get("/third").repeat(4) + get("/wait") + HELLO);
      for (int i = 0; i < 4; i++) {
        assertEquals("third", client.read().body());
      }
      assertEquals(503, client.read().status());
      assertTrue(client.isEnded());
    }
  }
}
