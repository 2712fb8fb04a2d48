package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.incipit.server.http.Method;
import org.incipit.server.http.netty.AnswerHead.Persistence;

/** What of an answer goes over the wire, as its request and its status have it. */
record AnswerShape(ByteBufAllocator alloc, RequestHead request, ServerResponse response) {
  /** Longer bodies are not copied behind their heads. */
  private static final int COPIED = 32 << 10;

  private static final int HEAD_ROOM = 256;

  /** Whether there is a body, or would be for GET. */
  boolean mayHaveBody() {
    return response.status() != 204 && response.status() != 304;
  }

  /** Whether bytes of a body follow the head. */
  boolean hasBody() {
    return mayHaveBody() && request.method() != Method.HEAD;
  }

  /** Room for a head and so much of a body. */
  ByteBuf buffer(int body) {
    return alloc.ioBuffer(HEAD_ROOM + body);
  }

  /** The head of a whole answer, and its body if that is short. */
  ByteBuf whole(byte[] bytes, int length, boolean close) {
    boolean copied = hasBody() && length <= COPIED;
    ByteBuf out = buffer(copied ? length : 0);
    head(out, mayHaveBody() ? length : AnswerHead.NONE, close);
    return copied ? out.writeBytes(bytes, 0, length) : out;
  }

  /** The body of a whole answer if that is long, or nothing. */
  ByteBuf rest(byte[] bytes, int length) {
    return hasBody() && length > COPIED
        ? Unpooled.wrappedBuffer(bytes, 0, length)
        : Unpooled.EMPTY_BUFFER;
  }

  void head(ByteBuf out, long length, boolean close) {
    Persistence persistence =
        close ? Persistence.CLOSE : request.is11() ? Persistence.DEFAULT : Persistence.KEEP_ALIVE;
    AnswerHead.write(
        out,
        response.status(),
        response.headers(),
        mayHaveBody() || response.status() == 304 ? response.contentType() : null,
        length,
        persistence);
  }

  /** The length of a streamed body, if it was announced, or how its end is told. */
  long framing(long announced) {
    if (announced >= 0 || !mayHaveBody()) {
      return announced;
    }
    return request.is11() ? AnswerHead.CHUNKED : AnswerHead.UNTIL_CLOSED;
  }

  /** The end of an answer that has none, as the server has to end. */
  ByteBuf lastOfEndless() {
    return request.is11() && hasBody()
        ? Unpooled.wrappedBuffer(AnswerHead.LAST_CHUNK)
        : Unpooled.EMPTY_BUFFER;
  }
}
