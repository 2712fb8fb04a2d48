package org.incipit.server.http.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.WebSocket;
import org.incipit.server.http.WebSocket.Message;

/** The WebSockets that the tests talk to. */
final class WebSocketRoutes {
  /** What handlers saw of their ends: a code, or the message of an exception. */
  final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /** Lets {@code /slow} receive. */
  final Semaphore slow = new Semaphore(0);

  Router router() {
    Router router = new Router();
    router.get("/hello", RunsOn.EVENT_LOOP, (request, response) -> response.send("hello"));
    router.webSocket("/echo", (request, socket) -> watch(socket, this::echo));
    router.webSocket("/fail", (request, socket) -> fail(socket));
    router.webSocket("/leave", (request, socket) -> socket.send("bye"));
    router.webSocket("/close", (request, socket) -> watch(socket, WebSocketRoutes::close));
    router.webSocket("/flood", (request, socket) -> watch(socket, WebSocketRoutes::flood));
    router.webSocket("/ping", (request, socket) -> watch(socket, WebSocketRoutes::ping));
    router.webSocket(
        "/slow",
        (request, socket) -> {
          slow.acquire();
          long bytes = 0;
          for (Message m = socket.receive(); m != null; m = socket.receive()) {
            bytes += ((Message.Binary) m).bytes().length;
          }
          ends.add(bytes + " bytes");
        });
    return router;
  }

  /** Limits for tests. */
  static HttpLimits limits(int maxFrameBytes, Duration idle, Duration request, Duration write) {
    HttpLimits defaults = HttpLimits.DEFAULT;
    return new HttpLimits(
        defaults.maxHeadBytes(),
        defaults.maxHeaders(),
        defaults.maxBodyBytes(),
        defaults.maxUnpackedBytes(),
        defaults.bodyMemoryBytes(),
        maxFrameBytes,
        defaults.maxConnections(),
        defaults.maxPipelined(),
        idle,
        defaults.headTimeout(),
        request,
        write);
  }

  private interface Talk {
    void on(WebSocket socket) throws IOException;
  }

  private void watch(WebSocket socket, Talk talk) throws IOException {
    try {
      talk.on(socket);
      ends.add(String.valueOf(socket.closeCode()));
    } catch (IOException e) {
      ends.add(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void echo(WebSocket socket) throws IOException {
    for (Message message = socket.receive(); message != null; message = socket.receive()) {
      switch (message) {
        case Message.Text text -> socket.send(text.text());
        case Message.Binary binary -> socket.send(binary.bytes());
      }
    }
  }

  private static void fail(WebSocket socket) throws IOException {
    socket.send("soon");
    throw new IllegalStateException("on purpose");
  }

  private static void close(WebSocket socket) throws IOException {
    socket.close(4321, "enough");
    if (socket.receive() != null) {
      throw new IllegalStateException("a message after the end");
    }
  }

  private static void flood(WebSocket socket) throws IOException {
    byte[] message = new byte[50_000];
    while (true) {
      socket.send(message);
    }
  }

  private static void ping(WebSocket socket) throws IOException {
    socket.ping(new byte[] {1, 2, 3});
    socket.receive();
  }
}
