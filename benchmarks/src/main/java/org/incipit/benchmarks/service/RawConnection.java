package org.incipit.benchmarks.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which anything may be sent, and whatever comes is understood. */
final class RawConnection implements Closeable {
  /** A server that takes longer hangs. */
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param status 0 if the connection was closed instead
   * @param isLast whether the connection ends with it
   */
  record Answer(int status, String head, String body, boolean isLast) {
    private static final Answer NONE = new Answer(0, "", "", true);
  }

  /**
   * Sends, and reads the answer.
   *
   * @param isAll whether nothing will follow, and the server is told so
   */
  Answer ask(byte[] request, boolean isAll) throws IOException {
    try {
      socket.getOutputStream().write(request);
      if (isAll) {
        socket.shutdownOutput();
      }
    } catch (IOException closed) {
      // It may have answered before it had read everything.
      return answer();
    }
    return answer();
  }

  private Answer answer() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = read();
      if (next < 0) {
        return Answer.NONE;
      }
      text.append((char) next);
    }
    String head = text.toString().toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head, 9, 12, 10);
    int length = head.indexOf("content-length:");
    byte[] body;
    if (length >= 0) {
      String number = head.substring(length + 15, head.indexOf('\r', length)).strip();
      body = in.readNBytes(Integer.parseInt(number));
    } else {
      body = head.contains("transfer-encoding: chunked") ? chunks() : in.readAllBytes();
    }
    return new Answer(
        status, head, new String(body, StandardCharsets.UTF_8), head.contains("connection: close"));
  }

  /** The next byte; -1 as well if the connection was reset. */
  private int read() throws IOException {
    try {
      return in.read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      all.write(in.readNBytes(size));
      line();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
