package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.incipit.server.http.WebSocket.Message;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from their fragments. Text that is not UTF-8 is noticed in the fragment in
 * which it becomes so. One thread.
 */
final class MessageBuilder {
  private final int limit;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private boolean inText;
  private int length;
  private @Nullable StringBuilder text;
  private @Nullable ByteArrayOutputStream bytes;

  /** The bytes of a character whose rest is in the next fragment. */
  private byte[] unfinished = new byte[0];

  /** For messages of so many bytes at most. */
  MessageBuilder(int limit) {
    this.limit = limit;
  }

  /** Whether it is part of a message. */
  static boolean isData(WebSocketFrame frame) {
    return frame instanceof TextWebSocketFrame
        || frame instanceof BinaryWebSocketFrame
        || frame instanceof ContinuationWebSocketFrame;
  }

  /**
   * Adds a frame, which stays the caller's.
   *
   * @return the message that is now complete
   * @throws CorruptedWebSocketFrameException 1007, 1009
   */
  @Nullable Message add(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    if (!(frame instanceof ContinuationWebSocketFrame)) {
      inText = frame instanceof TextWebSocketFrame;
      length = 0;
    }
    if (content.readableBytes() > limit - length) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message is longer than " + limit + " bytes");
    }
    length += content.readableBytes();
    boolean whole = frame.isFinalFragment() && !(frame instanceof ContinuationWebSocketFrame);
    if (inText) {
      return whole ? text(content) : addText(content, frame.isFinalFragment());
    }
    return whole
        ? new Message.Binary(ByteBufUtil.getBytes(content))
        : addBytes(content, frame.isFinalFragment());
  }

  private Message text(ByteBuf content) {
    try {
      return new Message.Text(utf8.reset().decode(content.nioBuffer()).toString());
    } catch (CharacterCodingException e) {
      throw notText(e);
    }
  }

  private @Nullable Message addText(ByteBuf content, boolean last) {
    StringBuilder all = text;
    if (all == null) {
      utf8.reset();
      all = new StringBuilder();
      text = all;
    }
    ByteBuffer in = ByteBuffer.allocate(unfinished.length + content.readableBytes());
    in.put(unfinished).put(content.nioBuffer()).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result = utf8.decode(in, out, last);
    if (result.isError()) {
      throw notText(null);
    }
    unfinished = new byte[in.remaining()];
    in.get(unfinished);
    all.append(out.flip());
    if (!last) {
      return null;
    }
    text = null;
    return new Message.Text(all.toString());
  }

  private @Nullable Message addBytes(ByteBuf content, boolean last) {
    ByteArrayOutputStream all = bytes;
    if (all == null) {
      all = new ByteArrayOutputStream();
      bytes = all;
    }
    all.writeBytes(ByteBufUtil.getBytes(content));
    if (!last) {
      return null;
    }
    bytes = null;
    return new Message.Binary(all.toByteArray());
  }

  private static CorruptedWebSocketFrameException notText(@Nullable Throwable cause) {
    return new CorruptedWebSocketFrameException(
        WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a text message is not UTF-8", cause);
  }
}
