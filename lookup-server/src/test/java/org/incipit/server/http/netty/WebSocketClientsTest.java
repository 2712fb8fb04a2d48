package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** WebSockets spoken with the JDK's client. */
class WebSocketClientsTest {
  private static final int SOCKETS = 200;
  private static final int MESSAGES = 20;

  /** Collects what comes until it ends. */
  private static final class Collector implements WebSocket.Listener {
    final StringBuilder text = new StringBuilder();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final int expected;
    private int messages;
    private long bytes;

    Collector(int expected) {
      this.expected = expected;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      return count(socket, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes += data.remaining();
      return count(socket, last);
    }

    private CompletionStage<?> count(WebSocket socket, boolean last) {
      messages += last ? 1 : 0;
      socket.request(1);
      return messages == expected && last ? socket.sendClose(1000, "all there") : null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }

  private static void join(CompletableFuture<?> sent) throws Exception {
    sent.get(20, TimeUnit.SECONDS);
  }

  @Test
  void theJdksClientGetsItsTextAndBytesBack() throws Exception {
    try (TestServer server = TestServer.start(new WebSocketRoutes().router());
        HttpClient client = HttpClient.newHttpClient()) {
      Collector collector = new Collector(3);
      WebSocket socket = connect(client, server, collector);
      join(socket.sendText("in ", false));
      join(socket.sendText("parts \uD834\uDD1E, ", true));
      join(socket.sendText("x".repeat(100_000), true));
      join(socket.sendBinary(ByteBuffer.wrap(new byte[1_000_000]), true));
      assertEquals(1000, collector.closed.get(20, TimeUnit.SECONDS));
      assertEquals("in parts \uD834\uDD1E, " + "x".repeat(100_000), collector.text.toString());
      assertEquals(1_000_000, collector.bytes);
    }
  }

  @Test
  void twoHundredSocketsAtATimeEachGetTheirOwnInOrder() throws Exception {
    try (TestServer server = TestServer.start(new WebSocketRoutes().router());
        HttpClient client = HttpClient.newHttpClient()) {
      List<Collector> collectors = new ArrayList<>();
      List<WebSocket> sockets = new ArrayList<>();
      for (int i = 0; i < SOCKETS; i++) {
        Collector collector = new Collector(MESSAGES);
        collectors.add(collector);
        sockets.add(connect(client, server, collector));
      }
      assertEquals(SOCKETS, server.listener().open());
      for (int message = 0; message < MESSAGES; message++) {
        for (int i = 0; i < SOCKETS; i++) {
          join(sockets.get(i).sendText("%d/%d ".formatted(i, message), true));
        }
      }
      for (int i = 0; i < SOCKETS; i++) {
        StringBuilder expected = new StringBuilder();
        for (int message = 0; message < MESSAGES; message++) {
          expected.append("%d/%d ".formatted(i, message));
        }
        assertEquals(1000, collectors.get(i).closed.get(20, TimeUnit.SECONDS));
        assertEquals(expected.toString(), collectors.get(i).text.toString());
      }
    }
  }

  private static WebSocket connect(HttpClient client, TestServer server, Collector collector)
      throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/echo"), collector)
        .get(20, TimeUnit.SECONDS);
  }
}
