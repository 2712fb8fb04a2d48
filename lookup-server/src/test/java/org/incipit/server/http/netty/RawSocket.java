package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A {@link RawClient} that speaks WebSocket, in frames as they are. */
final class RawSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;

  /** The code of a connection that ends without a Close frame. */
  static final int NO_CLOSE = 1006;

  private static final byte[] MASK = {0x12, (byte) 0xA5, 0x7F, (byte) 0xC3};

  private final RawClient client;

  RawSocket(int port) throws IOException {
    client = new RawClient(port);
  }

  /** A frame. */
  record Frame(int head, List<Byte> payload) {
    int opcode() {
      return head & 15;
    }

    byte[] bytes() {
      byte[] bytes = new byte[payload.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = payload.get(i);
      }
      return bytes;
    }

    String text() {
      return new String(bytes(), UTF_8);
    }

    int code() {
      byte[] bytes = bytes();
      return bytes.length < 2 ? 1005 : ((bytes[0] & 255) << 8) | (bytes[1] & 255);
    }
  }

  /** The request for a WebSocket, with further header lines. */
  static String handshake(String path, String... headers) {
    StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\n");
    text.append("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n");
    text.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** Connects, and returns the head of the answer. */
  String open(String path, String... headers) throws IOException {
    client.send(handshake(path, headers));
    return head();
  }

  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append(client.line()).append("\r\n");
    }
    return head.toString();
  }

  RawClient client() {
    return client;
  }

  RawSocket send(byte[] bytes) throws IOException {
    client.send(bytes);
    return this;
  }

  /** Sends a masked frame. */
  RawSocket send(int head, byte[] payload) throws IOException {
    return send(frame(head, payload));
  }

  RawSocket send(int head, String payload) throws IOException {
    return send(head, payload.getBytes(UTF_8));
  }

  /** A masked frame in the shortest form. */
  static byte[] frame(int head, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head);
    int n = payload.length;
    if (n < 126) {
      out.write(0x80 | n);
    } else if (n < 65_536) {
      out.writeBytes(new byte[] {(byte) (0x80 | 126), (byte) (n >> 8), (byte) n});
    } else {
      out.writeBytes(new byte[] {(byte) (0x80 | 127), 0, 0, 0, 0});
      out.writeBytes(new byte[] {(byte) (n >> 24), (byte) (n >> 16), (byte) (n >> 8), (byte) n});
    }
    out.writeBytes(MASK);
    for (int i = 0; i < n; i++) {
      out.write(payload[i] ^ MASK[i & 3]);
    }
    return out.toByteArray();
  }

  static byte[] closing(int code, String reason) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(code >> 8);
    out.write(code);
    out.writeBytes(reason.getBytes(UTF_8));
    return frame(FIN | CLOSE, out.toByteArray());
  }

  Frame read() throws IOException {
    int head = number(1);
    int n = number(1);
    if (n > 127) {
      throw new IOException("the server masks");
    }
    byte[] bytes = client.bytes(n == 126 ? number(2) : n == 127 ? number(8) : n);
    List<Byte> payload = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      payload.add(b);
    }
    return new Frame(head, payload);
  }

  private int number(int length) throws IOException {
    return new BigInteger(1, client.bytes(length)).intValueExact();
  }

  /** Reads up to the end; the code of the Close frame that came. */
  int readCloseCode() throws IOException {
    int code = NO_CLOSE;
    try {
      while (true) {
        Frame frame = read();
        if (frame.opcode() == CLOSE) {
          code = frame.code();
        }
      }
    } catch (EOFException | SocketException end) {
      return code;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
