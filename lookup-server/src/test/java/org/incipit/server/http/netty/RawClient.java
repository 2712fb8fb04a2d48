package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends what it is told and reads answers, sharing no code with the server. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  /** Connects to loopback; reading fails after 20 s. */
  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = socket.getInputStream();
  }

  /** An answer with its body put together. */
  public record Answer(int status, List<String> headers, String body) {
    /** The first header of this name, in lower case, or "". */
    public String header(String name) {
      for (String header : headers) {
        if (header.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
          return header.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more is sent. */
  public RawClient end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Leaves without a word: what the server sends now is refused. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public Answer read() throws IOException {
    return read(false);
  }

  /** Reads an answer; one to HEAD has no body, whatever its head says. */
  public Answer read(boolean toHead) throws IOException {
    String line = line();
    List<String> headers = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
    }
    int status = Integer.parseInt(line.substring(9, 12));
    Answer head = new Answer(status, headers, "");
    boolean bodiless = toHead || status == 204 || status == 304 || status < 200;
    String body = "";
    if (!bodiless && head.header("transfer-encoding").equals("chunked")) {
      StringBuilder all = new StringBuilder();
      for (int n = Integer.parseInt(line(), 16); n > 0; n = Integer.parseInt(line(), 16)) {
        all.append(new String(bytes(n), ISO_8859_1));
        line();
      }
      line();
      body = all.toString();
    } else if (!bodiless && !head.header("content-length").isEmpty()) {
      body = new String(bytes(Integer.parseInt(head.header("content-length"))), ISO_8859_1);
    } else if (!bodiless) {
      body = rest();
    }
    return new Answer(status, headers, body);
  }

  /** Everything up to the end of the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** Whether the other side has ended the connection, with nothing more to read. */
  public boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** The next so many. */
  public byte[] bytes(int n) throws IOException {
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw new EOFException("ended after " + bytes.length + " of " + n + " bytes");
    }
    return bytes;
  }

  /** The next byte, -1 at the end. */
  public int readByte() throws IOException {
    return in.read();
  }

  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("ended after \"" + line.toString(ISO_8859_1) + "\"");
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("a bare LF after \"" + text + "\"");
    }
    return text.substring(0, text.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
