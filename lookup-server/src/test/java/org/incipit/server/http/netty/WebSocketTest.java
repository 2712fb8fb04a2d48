package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.incipit.server.http.netty.RawSocket.BINARY;
import static org.incipit.server.http.netty.RawSocket.FIN;
import static org.incipit.server.http.netty.RawSocket.PING;
import static org.incipit.server.http.netty.RawSocket.PONG;
import static org.incipit.server.http.netty.RawSocket.TEXT;
import static org.incipit.server.http.netty.RawSocket.closing;
import static org.incipit.server.http.netty.RawSocket.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.netty.RawClient.Answer;
import org.incipit.server.http.netty.RawSocket.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets over raw frames: handshake, messages, ends, and what holds when a side is slow. */
class WebSocketTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int BIG = 16 << 20;

  private final WebSocketRoutes routes = new WebSocketRoutes();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(routes.router());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void restart(HttpLimits limits) throws IOException {
    server.close();
    server = TestServer.start(routes.router(), limits);
  }

  private String end() throws InterruptedException {
    String end = routes.ends.poll(20, TimeUnit.SECONDS);
    assertNotNull(end, "the handler does not end");
    return end;
  }

  @Test
  void theAcceptHeaderIsThatOfTheStandardsExample() throws IOException {
    try (RawSocket client = new RawSocket(server.port())) {
      String head = client.open("/echo");
      assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
      String lower = head.toLowerCase(Locale.ROOT);
      assertTrue(lower.contains("\r\nupgrade: websocket\r\n"), head);
      assertTrue(lower.contains("\r\nconnection: upgrade\r\n"), head);
      assertTrue(lower.contains("\r\nsec-websocket-accept: "), head);
      assertTrue(head.contains(" s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X: y, 400",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j, 400",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: !, 400",
    "'Connection: keep-alive, Upgrade', Connection: keep-alive, 400",
    "Host: x, 'Host: x\r\nContent-Length: 3', 400",
    "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
    "Sec-WebSocket-Version: 13, 'Sec-WebSocket-Version: 13, 8', 426",
    "Sec-WebSocket-Version: 13, X: y, 426",
    "Upgrade: websocket, Upgrade: h2c, 426",
    "Upgrade: websocket, X: y, 426",
    "HTTP/1.1, HTTP/1.0, 426",
    "GET, HEAD, 426",
    "GET, POST, 405",
    "/echo, /hello, 200"
  })
  void aHandshakeWithAFaultGetsAnAnswerAndNoSocket(String part, String instead, int status)
      throws IOException {
    String request = RawSocket.handshake("/echo").replace(part, instead);
    try (RawClient client = server.connect()) {
      Answer answer = client.send(request + "abc").read(instead.equals("HEAD"));
      assertEquals(status, answer.status(), answer.body());
      if (part.startsWith("Sec-WebSocket-Version")) {
        assertEquals("13", answer.header("sec-websocket-version"));
      }
    }
  }

  @Test
  void theConnectionGoesOnAfterAHandshakeThatFailed() throws IOException {
    try (RawClient client = server.connect()) {
      String get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
      String bad = RawSocket.handshake("/echo").replace("Version: 13", "Version: 7");
      client.send(get + bad + get);
      assertEquals("hello", client.read().body());
      assertEquals(426, client.read().status());
      assertEquals("hello", client.read().body());
    }
  }

  @Test
  void framesBehindAPipelinedHandshakeAreFrames() throws IOException {
    String get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
    try (RawSocket client = new RawSocket(server.port())) {
      client.client().send(get + RawSocket.handshake("/echo"));
      client.send(FIN | TEXT, "first");
      assertTrue(client.head().startsWith("HTTP/1.1 200"));
      assertEquals("helloHTTP/1.1 101", client.head().substring(0, 17));
      assertEquals("first", client.read().text());
    }
  }

  @Test
  void messagesOfAllSizesComeBackWholeAndInFragmentsWithPingsBetweenThem() throws IOException {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo");
      for (int n : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000}) {
        byte[] bytes = new byte[n];
        new Random(n).nextBytes(bytes);
        Frame frame = client.send(FIN | BINARY, bytes).read();
        assertEquals(FIN | BINARY, frame.head());
        assertArrayEquals(bytes, frame.bytes());
      }
      String text = "a\u00E9\u20AC\uD834\uDD1E";
      byte[] utf8 = text.getBytes(UTF_8);
      client.send(TEXT, new byte[0]);
      for (int i = 0; i < utf8.length; i++) {
        client.send(0, new byte[] {utf8[i]});
        assertEquals("p" + i, client.send(FIN | PING, "p" + i).read().text());
        client.send(FIN | PONG, "nobody asked");
      }
      Frame frame = client.send(FIN, "").read();
      assertEquals(FIN | TEXT, frame.head());
      assertEquals(text, frame.text());
    }
  }

  @Test
  void pingsAreAnsweredInTheirOrderAndTheNewestInAnyCase() throws IOException {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo");
      ByteArrayOutputStream pings = new ByteArrayOutputStream();
      for (int i = 0; i < 1000; i++) {
        pings.writeBytes(frame(FIN | PING, new byte[] {(byte) (i >> 8), (byte) i}));
      }
      client.send(pings.toByteArray());
      int last = -1;
      while (last < 999) {
        Frame pong = client.read();
        assertEquals(FIN | PONG, pong.head());
        assertTrue(pong.code() > last);
        last = pong.code();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1000", "1001", "1011", "1014", "3000", "4999"})
  void theCodeOfTheOtherSideComesBackAndIsSeen(int code) throws Exception {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo");
      assertEquals(code, client.send(closing(code, "b\u00FCe")).readCloseCode());
      assertEquals(String.valueOf(code), end());
    }
  }

  @Test
  void aCloseWithoutACodeGetsOneWithout() throws Exception {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo");
      assertEquals(0, client.send(FIN | RawSocket.CLOSE, "").read().payload().size());
      assertEquals(RawSocket.NO_CLOSE, client.readCloseCode());
      assertEquals("1005", end());
    }
  }

  @Test
  void whatCameBeforeACloseIsReceivedEvenIfNobodyWaitsForTheAnswer() throws Exception {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/slow");
      byte[] message = frame(FIN | BINARY, new byte[1000]);
      for (int i = 0; i < 300; i++) {
        client.send(message);
      }
      client.send(closing(1000, ""));
      client.client().end();
      routes.slow.release();
      assertEquals("300000 bytes", end());
    }
  }

  @Test
  void handlersThatLeaveCloseWith1000AndThoseThatFailWith1011() throws IOException {
    try (RawSocket leaving = new RawSocket(server.port());
        RawSocket failing = new RawSocket(server.port())) {
      leaving.open("/leave");
      assertEquals("bye", leaving.read().text());
      assertEquals(1000, leaving.read().code());
      failing.open("/fail");
      assertEquals("soon", failing.read().text());
      Frame close = failing.read();
      assertEquals(1011, close.code());
      assertTrue(!close.text().contains("purpose"));
      assertEquals(RawSocket.NO_CLOSE, failing.send(closing(1011, "")).readCloseCode());
    }
  }

  @Test
  void aHandlerThatClosesWaitsForTheOtherSide() throws Exception {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/close");
      Frame close = client.read();
      assertEquals(4321, close.code());
      assertEquals("enough", close.text().substring(close.text().length() - 6));
      client.send(FIN | TEXT, "too late").send(closing(4321, ""));
      assertEquals(RawSocket.NO_CLOSE, client.readCloseCode());
      assertTrue(end().matches("0|4321"));
    }
  }

  @Test
  void whoGoesWithoutAWordIsNoticed() throws Exception {
    RawSocket client = new RawSocket(server.port());
    client.open("/echo");
    client.close();
    assertTrue(end().startsWith("the connection has ended"));
  }

  @Test
  void drainingClosesWith1001AndReceiversEnd() throws Exception {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo");
      client.send(FIN | TEXT, "x").read();
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      assertEquals(1001, client.read().code());
      assertEquals("0", end());
      assertEquals(RawSocket.NO_CLOSE, client.send(closing(1001, "")).readCloseCode());
      assertTrue(drained.get());
    }
  }

  @Test
  void aReceiverThatIsBehindSlowsTheSenderDownAndLosesNothing() throws Exception {
    try (SocketChannel client =
        SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
      client.write(ByteBuffer.wrap(RawSocket.handshake("/slow").getBytes(ISO_8859_1)));
      assertTrue(client.read(ByteBuffer.allocate(1000)) > 0);
      client.configureBlocking(false);
      ByteBuffer message = ByteBuffer.wrap(frame(FIN | BINARY, new byte[10_000]));
      long taken = 0;
      int refusals = 0;
      // Until the socket takes nothing for a while: then the server has stopped reading.
      while (refusals < 200 && taken < 200_000_000) {
        int n = client.write(message);
        taken += n;
        if (n == 0) {
          refusals++;
          Thread.sleep(1);
        } else {
          refusals = 0;
        }
        if (!message.hasRemaining()) {
          message.rewind();
        }
      }
      assertTrue(taken < 100_000_000, "the server took " + taken + " bytes that nobody received");
      routes.slow.release();
      client.configureBlocking(true);
      long size = message.limit();
      client.write(message);
      long messages = (taken + size - 1) / size;
      client.write(ByteBuffer.wrap(closing(1000, "")));
      String end = end();
      long received = Long.parseLong(end.substring(0, end.indexOf(' '))) / 10_000;
      assertTrue(received == messages || received == messages + 1, received + " of " + messages);
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOff() throws Exception {
    restart(WebSocketRoutes.limits(BIG, LONG, LONG, SHORT));
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/flood");
      assertTrue(end().startsWith("the connection has ended"));
    }
  }

  @Test
  void theDeadlineOfRequestsDoesNotHoldAndWhoIsSilentIsPingedAndThenLeft() throws Exception {
    restart(WebSocketRoutes.limits(BIG, SHORT, SHORT, LONG));
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo");
      for (int i = 0; i < 5; i++) {
        assertEquals(FIN | PING, client.read().head());
        client.send(FIN | PONG, "");
      }
      Frame echo = client.send(FIN | TEXT, "still here").read();
      while (echo.opcode() == PING) {
        echo = client.read();
      }
      assertEquals("still here", echo.text());
      assertEquals(RawSocket.NO_CLOSE, client.readCloseCode());
      assertTrue(end().startsWith("the connection has ended"));
    }
  }

  @Test
  void handlersMayPing() throws IOException {
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/ping");
      Frame ping = client.read();
      assertEquals(FIN | PING, ping.head());
      assertArrayEquals(new byte[] {1, 2, 3}, ping.bytes());
      assertEquals(
          1000, client.send(FIN | PONG, ping.bytes()).send(closing(1000, "")).readCloseCode());
    }
  }
}
