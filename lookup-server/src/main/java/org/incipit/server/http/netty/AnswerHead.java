package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.incipit.server.http.ErrorAnswer;
import org.jspecify.annotations.Nullable;

/** Puts heads of answers into bytes. */
final class AnswerHead {
  /** As a length: there is no body, and nothing is said of one. */
  static final long NONE = -1;

  /** As a length: in chunks. */
  static final long CHUNKED = -2;

  /** As a length: up to the end of the connection. */
  static final long UNTIL_CLOSED = -3;

  /** The whole answer that tells the other side to send its body. */
  static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

  /** The end of a body in chunks. */
  static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

  private static final int FIRST = 100;
  private static final byte[][] STATUS_LINES = statusLines();
  private static final byte[] CONTENT_TYPE = ascii("Content-Type: ");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED_LINE = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE_LINE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE_LINE = ascii("Connection: keep-alive\r\n");
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int ROOM = 256;
  private static final int CRLF = 0x0D0A;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Now now = Now.at(0);

  private AnswerHead() {}

  /** What is said of the connection. */
  enum Persistence {
    /** Nothing: it stays open. */
    DEFAULT,
    CLOSE,
    /** To a client of HTTP/1.0, which would take it for closed. */
    KEEP_ALIVE
  }

  /**
   * Writes a head.
   *
   * @param headers names and values in turn
   * @param length of the body, or one of the constants
   */
  static void write(
      ByteBuf out,
      int status,
      List<String> headers,
      @Nullable String contentType,
      long length,
      Persistence persistence) {
    out.writeBytes(STATUS_LINES[status - FIRST]);
    boolean dated = false;
    for (int i = 0; i < headers.size(); i += 2) {
      String name = headers.get(i);
      dated |= name.equalsIgnoreCase("Date");
      text(out, name);
      out.writeShort((':' << 8) | ' ');
      text(out, headers.get(i + 1));
      out.writeShort(CRLF);
    }
    if (!dated) {
      out.writeBytes(dateLine());
    }
    if (contentType != null) {
      out.writeBytes(CONTENT_TYPE);
      text(out, contentType);
      out.writeShort(CRLF);
    }
    if (length >= 0) {
      out.writeBytes(CONTENT_LENGTH);
      decimal(out, length);
      out.writeShort(CRLF);
    } else if (length == CHUNKED) {
      out.writeBytes(CHUNKED_LINE);
    }
    switch (persistence) {
      case CLOSE -> out.writeBytes(CLOSE_LINE);
      case KEEP_ALIVE -> out.writeBytes(KEEP_ALIVE_LINE);
      case DEFAULT -> {}
    }
    out.writeShort(CRLF);
  }

  /** A whole answer to a request that is the last of its connection. */
  static ByteBuf refusal(ByteBufAllocator alloc, int status, ErrorAnswer answer, boolean toHead) {
    List<String> headers = new ArrayList<>();
    answer
        .headers()
        .forEach((name, value) -> {
          headers.add(name);
          headers.add(value);
        });
    int length = answer.body().length;
    ByteBuf out = alloc.ioBuffer(ROOM + length);
    write(out, status, headers, answer.contentType(), length, Persistence.CLOSE);
    return toHead ? out : out.writeBytes(answer.body());
  }

  /** A whole answer that is the last of its connection. */
  static ByteBuf refusal(ByteBufAllocator alloc, Malformed what) {
    byte[] text = (what.reason() + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuf out = alloc.ioBuffer(ROOM + text.length);
    write(out, what.status(), List.of(), TEXT, text.length, Persistence.CLOSE);
    return out.writeBytes(text);
  }

  private static void text(ByteBuf out, String text) {
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }

  private static void decimal(ByteBuf out, long value) {
    if (value < 10) {
      out.writeByte('0' + (int) value);
    } else {
      ByteBufUtil.writeAscii(out, Long.toString(value));
    }
  }

  /** The line with the date, made once a second. */
  private static byte[] dateLine() {
    long second = Math.floorDiv(System.currentTimeMillis(), 1000L);
    Now known = now;
    if (known.second != second) {
      known = Now.at(second);
      now = known;
    }
    return known.line;
  }

  private static byte[][] statusLines() {
    byte[][] lines = new byte[500][];
    for (int i = 0; i < lines.length; i++) {
      String reason = HttpResponseStatus.valueOf(FIRST + i).reasonPhrase();
      lines[i] = ascii("HTTP/1.1 " + (FIRST + i) + " " + reason + "\r\n");
    }
    return lines;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A second and its line. */
  private static final class Now {
    final long second;
    final byte[] line;

    private Now(long second, byte[] line) {
      this.second = second;
      this.line = line;
    }

    static Now at(long second) {
      return new Now(second, ascii("Date: " + DATE.format(Instant.ofEpochSecond(second)) + "\r\n"));
    }
  }
}
