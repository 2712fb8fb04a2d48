package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Response.Outcome;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.RawClient.Answer;
import org.incipit.server.task.Channel;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.Test;

/** Limits of size, time and number. Each is reached by one side that does nothing. */
class HttpTimeoutTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final String GET = "GET /virtual/hello HTTP/1.1\r\nHost: x\r\n\r\n";

  private static HttpLimits limits(Duration idle, Duration head, Duration request, Duration write) {
    return new HttpLimits(
        1000, 100, 1 << 20, 2 << 20, 1 << 28, 1 << 20, 100, 2, idle, head, request, write);
  }

  @Test
  void anIdleConnectionIsClosedWithoutAWord() throws Exception {
    Duration idle = Duration.ofMillis(500);
    try (TestServer server = TestServer.start(Routes.router(), limits(idle, LONG, LONG, LONG))) {
      try (RawClient silent = server.connect()) {
        assertEquals("", silent.rest());
      }
      // However slow this is, the request is there before the connection can be idle.
      CountDownLatch sent = server.watch().holdConnections();
      try (RawClient used = server.connect()) {
        used.send(GET);
        sent.countDown();
        assertEquals(200, used.read().status());
        assertTrue(used.isEnded());
      }
    }
  }

  @Test
  void aHeadThatDoesNotEndIsAnsweredWith408() throws IOException {
    try (TestServer server = TestServer.start(Routes.router(), limits(LONG, SHORT, LONG, LONG));
        RawClient slow = server.connect()) {
      Answer answer = slow.send("GET / HTTP/1.1\r\nHost: x\r\n").read();
      assertEquals(408, answer.status());
      assertTrue(slow.isEnded());
    }
  }

  @Test
  void aBodyThatDoesNotEndIsAnsweredWith408() throws IOException {
    try (TestServer server = TestServer.start(Routes.router(), limits(LONG, LONG, SHORT, LONG))) {
      for (String place : new String[] {"/event_loop", "/compute", "/virtual"}) {
        try (RawClient slow = server.connect()) {
          slow.send(
              "POST " + place + "/whole HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
          assertEquals(408, slow.read().status());
          assertTrue(slow.isEnded());
        }
      }
    }
  }

  @Test
  void aHandlerThatTakesTooLongIsAnsweredFor() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    BlockingQueue<Deadline> deadlines = new LinkedBlockingQueue<>();
    BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
    Router router = new Router();
    for (RunsOn place : new RunsOn[] {RunsOn.COMPUTE, RunsOn.VIRTUAL}) {
      router.get(
          "/" + place,
          place,
          (request, response) -> {
            deadlines.add(Deadline.current());
            response.whenDone(outcomes::add);
            never.await();
            try {
              response.send("too late");
              response.output().flush();
            } catch (IOException | IllegalStateException e) {
              failures.add(e);
              throw e;
            }
          });
    }
    try (TestServer server = TestServer.start(router, limits(LONG, LONG, SHORT, LONG))) {
      for (RunsOn place : new RunsOn[] {RunsOn.COMPUTE, RunsOn.VIRTUAL}) {
        try (RawClient client = server.connect()) {
          client.send("GET /" + place + " HTTP/1.1\r\nHost: x\r\n\r\n");
          Answer answer = client.read();
          assertEquals(503, answer.status());
          assertTrue(client.isEnded());
          assertEquals(503, outcomes.take().status());
          assertTrue(deadlines.take().isLimited());
        }
      }
      never.countDown();
      failures.take();
    }
  }

  @Test
  void aHandlerThatHeedsTheDeadlineIsNoFailureOfTheServer() throws Exception {
    Router router = new Router();
    router.get("/", RunsOn.VIRTUAL, (request, response) -> new Channel<String>(1).receive());
    try (TestServer server = TestServer.start(router, limits(LONG, LONG, SHORT, LONG))) {
      for (int i = 0; i < 10; i++) {
        try (RawClient client = server.connect()) {
          assertEquals(503, client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().status());
        }
      }
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOff() throws Exception {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    Router router = new Router();
    for (RunsOn place : RunsOn.values()) {
      router.get(
          "/" + place,
          place,
          (request, response) -> {
            response.whenDone(outcomes::add);
            byte[] some = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
              response.output().write(some);
            }
          });
    }
    try (TestServer server = TestServer.start(router, limits(LONG, LONG, LONG, SHORT))) {
      for (RunsOn place : RunsOn.values()) {
        try (RawClient client = server.connect()) {
          client.send("GET /" + place + " HTTP/1.1\r\nHost: x\r\n\r\n");
          // A whole answer is with the network; a streamed one is not.
          assertEquals(place != RunsOn.VIRTUAL, outcomes.take().complete());
          while (server.listener().open() > 0) {
            Thread.sleep(5);
          }
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIntoTheQueueIsAnsweredWith503() throws Exception {
    CountDownLatch mayLeave = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    Router router = new Router();
    router.get(
        "/",
        RunsOn.COMPUTE,
        (request, response) -> {
          running.countDown();
          mayLeave.await();
          response.send("computed");
        });
    HttpLimits many =
        new HttpLimits(
            1000, 100, 1 << 20, 2 << 20, 1 << 28, 1 << 20, 1000, 2, LONG, LONG, LONG, LONG);
    RawClient[] clients = new RawClient[300];
    try (TestServer server = TestServer.start(router, many)) {
      int full = 0;
      clients[0] = server.connect().send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      running.await();
      for (int i = 1; i < clients.length; i++) {
        clients[i] = server.connect().send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      // The loop takes them in turn: when the last is answered, all are in or out.
      Answer last = clients[clients.length - 1].read();
      assertEquals(503, last.status());
      assertEquals("1", last.header("retry-after"));
      mayLeave.countDown();
      for (int i = 0; i < clients.length - 1; i++) {
        full += clients[i].read().status() == 503 ? 1 : 0;
      }
      assertEquals(300 - 1 - 256 - 1, full);
    } finally {
      for (RawClient client : clients) {
        if (client != null) {
          client.close();
        }
      }
    }
  }

  @Test
  void aBodyBeyondTheLimitIsAnsweredWith413() throws IOException {
    try (TestServer server = TestServer.start(Routes.router(), limits(LONG, LONG, LONG, LONG))) {
      String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
      for (String place : new String[] {"/event_loop", "/compute", "/virtual"}) {
        try (RawClient client = server.connect()) {
          client.send(
              "POST " + place + "/whole HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
          client.send(chunk.repeat(17));
          Answer answer = client.read();
          assertEquals(413, answer.status());
          assertEquals("close", answer.header("connection"));
        }
      }
    }
  }

  @Test
  void requestsBehindTheRunningOneWaitUnread() throws Exception {
    CountDownLatch mayLeave = new CountDownLatch(1);
    Router router = new Router();
    router.get(
        "/",
        RunsOn.VIRTUAL,
        (request, response) -> {
          mayLeave.await();
          response.send("ok");
        });
    try (TestServer server = TestServer.start(router, limits(LONG, LONG, LONG, LONG));
        RawClient client = server.connect()) {
      String get = "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(400) + "\r\n\r\n";
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              for (int i = 0; i < 50_000; i++) {
                client.send(get);
              }
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      assertTrue(
          server.watch().pausesBefore(50_000L * get.length()),
          "20 MB were taken while nobody answers");
      mayLeave.countDown();
      for (int i = 0; i < 50_000; i++) {
        assertEquals("ok", client.read().body());
      }
      sender.join();
    }
  }
}
