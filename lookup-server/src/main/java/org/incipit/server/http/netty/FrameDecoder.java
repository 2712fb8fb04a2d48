package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Netty's decoder, strict where it is lax: about reserved bits when there is an extension (RFC 6455
 * 5.2; RFC 7692, 6) and about what a Close frame says (RFC 6455, 5.5.1 and 7.4). Throws a {@link
 * CorruptedWebSocketFrameException} with the code to close with.
 */
final class FrameDecoder extends WebSocket13FrameDecoder {
  private static final int FIRST_RESERVED = 4;
  private static final int CODE_BYTES = 2;

  /**
   * For the frames of a client.
   *
   * @param deflate whether the first reserved bit has a meaning
   */
  FrameDecoder(int maxFrameBytes, boolean deflate) {
    super(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .maxFramePayloadLength(maxFrameBytes)
            .allowExtensions(deflate)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    super.decode(ctx, in, out);
    if (!out.isEmpty() && out.getLast() instanceof WebSocketFrame frame && frame.rsv() != 0) {
      boolean first = MessageBuilder.isData(frame) && !(frame instanceof ContinuationWebSocketFrame);
      if (frame.rsv() != FIRST_RESERVED || !first) {
        out.removeLast();
        frame.release();
        throw violation("a reserved bit is set");
      }
    }
  }

  @Override
  protected void checkCloseFrameBody(ChannelHandlerContext ctx, ByteBuf body) {
    int length = body.readableBytes();
    if (length == 0) {
      return;
    }
    if (length < CODE_BYTES) {
      throw violation("half a code in a Close frame");
    }
    int code = body.getUnsignedShort(body.readerIndex());
    if (!isCode(code)) {
      throw violation("no code to close with: " + code);
    }
    try {
      var _ =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(body.nioBuffer(body.readerIndex() + CODE_BYTES, length - CODE_BYTES));
    } catch (CharacterCodingException e) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the reason is not UTF-8", e);
    }
  }

  /** Whether a Close frame may hold it. */
  static boolean isCode(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  static CorruptedWebSocketFrameException violation(String what) {
    return new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, what);
  }
}
