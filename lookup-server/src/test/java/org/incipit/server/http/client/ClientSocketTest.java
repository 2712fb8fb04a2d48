package org.incipit.server.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.WebSocket;
import org.incipit.server.http.WebSocket.Message;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientSocketTest {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final WebClient client =
      new WebClient(
          new ClientLimits(
              Duration.ofSeconds(5),
              Duration.ofSeconds(20),
              100_000,
              1,
              Duration.ofMillis(1),
              Duration.ofSeconds(1)));
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    client.close();
    threads.close();
  }

  /** What the peer does after the handshake. */
  @FunctionalInterface
  private interface Peer {
    void talk(DataInputStream in, DataOutputStream out) throws IOException;
  }

  @Test
  void messagesComeWholeInTheirOrder() throws Exception {
    Future<?> peer =
        serve((in, out) -> {
          frame(out, 0x01, bytes("hel"));
          frame(out, 0x89, bytes("ping"));
          frame(out, 0x80, bytes("lo"));
          frame(out, 0x82, new byte[70_000]);
          assertArrayEquals(bytes("ping"), read(in, 0x8A));
          assertArrayEquals(bytes("h\u00e9"), read(in, 0x81));
          assertArrayEquals(new byte[] {1, 2}, read(in, 0x82));
          assertArrayEquals(bytes("p"), read(in, 0x89));
          frame(out, 0x88, new byte[] {0x0F, (byte) 0xA1});
          assertArrayEquals(new byte[] {0x0F, (byte) 0xA1}, read(in, 0x88));
        });
    try (WebSocket socket = client.webSocket(uri())) {
      assertEquals(new Message.Text("hello"), socket.receive());
      assertEquals(70_000, ((Message.Binary) socket.receive()).bytes().length);
      socket.send("h\u00e9");
      socket.send(new byte[] {1, 2});
      socket.ping(bytes("p"));
      assertEquals(0, socket.closeCode());
      assertNull(socket.receive());
      assertNull(socket.receive());
      assertEquals(4001, socket.closeCode());
    }
    peer.get();
  }

  @Test
  void closingSaysGoodbye() throws Exception {
    Future<?> peer =
        serve((in, out) -> {
          frame(out, 0x81, bytes("unread"));
          assertArrayEquals(new byte[] {0x03, (byte) 0xE8}, read(in, 0x88));
          frame(out, 0x88, new byte[] {0x03, (byte) 0xE8});
        });
    WebSocket socket = client.webSocket(uri());
    assertThrows(IllegalArgumentException.class, () -> socket.close(1006, ""));
    socket.close();
    peer.get();
  }

  @Test
  void aMessageBeyondTheLimitEndsIt() throws Exception {
    Future<?> peer =
        serve((in, out) -> {
          frame(out, 0x82, new byte[100_001]);
          byte[] close = read(in, 0x88);
          assertEquals(1008, ((close[0] & 0xFF) << 8) | (close[1] & 0xFF));
        });
    try (WebSocket socket = client.webSocket(uri())) {
      assertThrows(BodyLimitException.class, socket::receive);
    }
    peer.get();
  }

  @Test
  void whoSendsNothingInTimeOrBreaksOffHasNotAnswered() throws Exception {
    Future<?> peer = serve((in, out) -> read(in, 0x81));
    try (WebSocket socket = client.webSocket(uri())) {
      assertThrows(
          NoAnswerException.class,
          () -> Deadline.callWithin(Duration.ofMillis(100), () -> socket.receive()));
      socket.send("end");
      assertThrows(NoAnswerException.class, socket::receive);
    }
    peer.get();
  }

  @Test
  void aHandshakeThatIsRefusedSaysItsStatus() throws Exception {
    Future<?> peer =
        threads.submit(() -> {
          try (Socket socket = listener.accept()) {
            socket.getInputStream().read(new byte[9999]);
            socket.getOutputStream().write(bytes("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
          }
          return null;
        });
    RefusedException e = assertThrows(RefusedException.class, () -> client.webSocket(uri()));
    assertEquals(403, e.status());
    peer.get();
  }

  private Future<?> serve(Peer peer) {
    return threads.submit(() -> {
      try (Socket socket = listener.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        shakeHands(in, out);
        peer.talk(in, out);
      }
      return null;
    });
  }

  private static void shakeHands(DataInputStream in, DataOutputStream out) throws Exception {
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key: ", 0, 19)) {
        key = line.substring(19);
      }
    }
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes(key + GUID));
    out.write(
        bytes(
            "HTTP/1.1 101 Yes\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(digest)
                + "\r\n\r\n"));
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void frame(DataOutputStream out, int first, byte[] payload) throws IOException {
    out.write(first);
    if (payload.length < 126) {
      out.write(payload.length);
    } else {
      out.write(127);
      out.writeLong(payload.length);
    }
    out.write(payload);
    out.flush();
  }

  private static byte[] read(DataInputStream in, int first) throws IOException {
    assertEquals(first, in.readUnsignedByte());
    byte[] payload = new byte[in.readUnsignedByte() - 128];
    byte[] mask = in.readNBytes(4);
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private URI uri() {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
