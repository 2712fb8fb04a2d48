package org.incipit.benchmarks.service;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that sends bytes and knows where the answer ends. One thread. */
final class Client implements Closeable {
  private static final String LENGTH = "content-length:";
  private static final long END = 0x0D0A_0D0AL;

  private final SocketChannel socket;
  private ByteBuffer in;

  Client(int port) throws IOException {
    this(port, 1 << 16);
  }

  /** With so many bytes of memory. */
  Client(int port, int room) throws IOException {
    in = ByteBuffer.allocateDirect(room);
    socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends without waiting for an answer. */
  void send(ByteBuffer request) throws IOException {
    ByteBuffer bytes = request.duplicate();
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  /** Asks over HTTP, and returns the body of the answer. */
  String http(ByteBuffer request) throws IOException {
    int length = ask(request);
    byte[] body = new byte[length];
    in.get(in.position() - length, body);
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Asks over HTTP.
   *
   * @return the length of the body, which ends where the buffer's position is
   * @throws IOException if the status is not 200
   */
  int ask(ByteBuffer request) throws IOException {
    send(request);
    return answer();
  }

  private int answer() throws IOException {
    in.clear();
    long last = 0;
    int at = 0;
    while (last != END) {
      receive(at);
      while (at < in.position() && last != END) {
        last = ((last << 8) | (in.get(at) & 0xFF)) & 0xFFFF_FFFFL;
        at++;
      }
    }
    if (in.get(9) != '2') {
      throw new IOException("answered " + text(at));
    }
    int length = length(at);
    if (at + length > in.capacity()) {
      in = ByteBuffer.allocateDirect(at + length).put(in.flip());
    }
    receive(at + length - 1);
    return length;
  }

  /** Reads until there is more than so many bytes. */
  private void receive(int most) throws IOException {
    while (in.position() <= most) {
      if (socket.read(in) < 0) {
        throw new EOFException("the server has closed the connection");
      }
    }
  }

  private String text(int end) {
    byte[] head = new byte[end];
    in.get(0, head);
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  private int length(int end) throws IOException {
    for (int at = 0; at + LENGTH.length() < end; at++) {
      if (in.get(at) == '\n' && isLength(at + 1)) {
        int number = 0;
        for (int i = at + 1 + LENGTH.length(); in.get(i) != '\r'; i++) {
          number = in.get(i) == ' ' ? number : 10 * number + in.get(i) - '0';
        }
        return number;
      }
    }
    throw new IOException("no length: " + text(end));
  }

  private boolean isLength(int from) {
    for (int i = 0; i < LENGTH.length(); i++) {
      if (Character.toLowerCase((char) in.get(from + i)) != LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Asks with a line. */
  void askLine(ByteBuffer request) throws IOException {
    send(request);
    in.clear();
    do {
      receive(in.position());
    } while (in.get(in.position() - 1) != '\n');
    if (in.get(0) != 'O') {
      throw new IOException("answered " + text(in.position()));
    }
  }

  /** Whether the server has said something, or closed the connection. */
  boolean isAnswered() throws IOException {
    socket.configureBlocking(false);
    int read = socket.read(in.clear());
    socket.configureBlocking(true);
    return read != 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
