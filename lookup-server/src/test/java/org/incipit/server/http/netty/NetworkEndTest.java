package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that go on when the network has been closed. */
class NetworkEndTest {
  private final BlockingQueue<Thread> entered = new LinkedBlockingQueue<>();
  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

  private void enter() throws InterruptedException {
    entered.add(Thread.currentThread());
    mayLeave.await();
  }

  private Router router() {
    Router router = new Router();
    router.get(
        "/whole",
        RunsOn.VIRTUAL,
        (request, response) -> {
          enter();
          response.send("too late");
        });
    router.get(
        "/streamed",
        RunsOn.VIRTUAL,
        (request, response) -> {
          enter();
          response.output().write(new byte[100_000]);
        });
    router.get(
        "/begun",
        RunsOn.VIRTUAL,
        (request, response) -> {
          response.output().flush();
          enter();
          response.output().write(new byte[100_000]);
        });
    router.get(
        "/handed-over",
        RunsOn.VIRTUAL,
        (request, response) -> {
          enter();
          response.handOver(Runnable::run, (_, later) -> later.send("too late"));
        });
    router.webSocket("/refused", (request, socket) -> enter());
    router.webSocket(
        "/closing",
        (request, socket) -> {
          enter();
          socket.close();
        });
    router.webSocket(
        "/sending",
        (request, socket) -> {
          enter();
          socket.send("too late");
        });
    return router;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/streamed", "/begun", "/handed-over"})
  void anAnswerThatCannotLeaveAnyMoreIsNoFailure(String path) throws Exception {
    outlive("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/refused", "/closing", "/sending"})
  void aWebSocketThatIsGoneIsNoFailure(String path) throws Exception {
    outlive(RawSocket.handshake(path));
  }

  private void outlive(String request) throws IOException, InterruptedException {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    try {
      TestServer server = TestServer.start(router());
      try (RawClient client = server.connect()) {
        client.send(request);
        Thread handler = entered.take();
        server.close();
        mayLeave.countDown();
        handler.join();
      } finally {
        mayLeave.countDown();
        server.close();
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertEquals(List.of(), uncaught);
  }
}
