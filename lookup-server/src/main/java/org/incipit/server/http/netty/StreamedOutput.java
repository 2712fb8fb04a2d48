package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A body that goes out while it is written, in pieces. What fits into the first piece goes out as a
 * whole. Holds the answer against its {@code Content-Length}.
 */
final class StreamedOutput extends AnswerOutput {
  private static final int FIRST_ROOM = 512;
  private static final int PIECE = 16 << 10;

  private final Exchange exchange;
  private final ServerResponse response;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int length;
  private long total;
  private boolean begun;
  private boolean closed;
  private boolean chunked;

  StreamedOutput(Exchange exchange, ServerResponse response) {
    this.exchange = exchange;
    this.response = response;
  }

  @Override
  boolean hasBegun() {
    return begun || length > 0;
  }

  @Override
  public void write(byte[] from, int offset, int n) throws IOException {
    Objects.checkFromIndexSize(offset, n, from.length);
    if (closed) {
      throw new IOException("the answer has ended");
    }
    int at = offset;
    int left = n;
    while (left > 0) {
      if (length == bytes.length) {
        if (bytes.length == PIECE) {
          send(false);
        } else {
          bytes = Arrays.copyOf(bytes, Math.min(PIECE, Math.max(2 * length, length + left)));
        }
      }
      int part = Math.min(left, bytes.length - length);
      System.arraycopy(from, at, bytes, length, part);
      length += part;
      at += part;
      left -= part;
    }
  }

  @Override
  public void flush() throws IOException {
    if (!closed && (length > 0 || !begun)) {
      send(false);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (!begun) {
      response.whole(bytes, length);
    } else {
      send(true);
      response.streamed();
    }
  }

  private void send(boolean last) throws IOException {
    total += length;
    long announced = response.contentLength();
    if (announced >= 0 && (total > announced || (last && total < announced))) {
      exchange.abort();
      throw new IOException(
          "the answer's Content-Length is " + announced + ", written were " + total);
    }
    ByteBuf out = exchange.shape().buffer(length);
    if (!begun) {
      begun = true;
      chunked = exchange.head(out, announced);
    }
    if (exchange.hasBody() && length > 0) {
      if (chunked) {
        ByteBufUtil.writeAscii(out, Integer.toHexString(length));
        out.writeShort(0x0D0A);
      }
      out.writeBytes(bytes, 0, length);
      if (chunked) {
        out.writeShort(0x0D0A);
      }
    }
    if (last && chunked && exchange.hasBody()) {
      ByteBufUtil.writeAscii(out, "0\r\n\r\n");
    }
    length = 0;
    exchange.piece(out, exchange.hasBody() ? total : 0, last);
  }
}
