package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Makes one frame of the fragments of a packed message: Netty's decoder fails on a fragment too
 * short to unpack to anything. Its collector of fragments copies all it has every few fragments.
 */
final class PackedFragments extends ChannelInboundHandlerAdapter {
  private final int limit;
  private boolean text;
  private int reserved;
  private @Nullable ByteBuf packed;

  /** For messages of so many packed bytes at most. */
  PackedFragments(int limit) {
    this.limit = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame) || !MessageBuilder.isData(frame)) {
      ctx.fireChannelRead(message);
    } else if (packed != null) {
      add(ctx, frame, packed);
    } else if (frame.rsv() != 0 && !frame.isFinalFragment()) {
      text = frame instanceof TextWebSocketFrame;
      reserved = frame.rsv();
      ByteBuf first = ctx.alloc().buffer(frame.content().readableBytes());
      packed = first;
      add(ctx, frame, first);
    } else {
      ctx.fireChannelRead(frame);
    }
  }

  private void add(ChannelHandlerContext ctx, WebSocketFrame frame, ByteBuf to) {
    try {
      if (frame.content().readableBytes() > limit - to.readableBytes()) {
        throw new CorruptedWebSocketFrameException(
            WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message is longer than " + limit + " bytes");
      }
      to.writeBytes(frame.content());
    } finally {
      frame.release();
    }
    if (frame.isFinalFragment()) {
      packed = null;
      ctx.fireChannelRead(
          text
              ? new TextWebSocketFrame(true, reserved, to)
              : new BinaryWebSocketFrame(true, reserved, to));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (packed != null) {
      packed.release();
      packed = null;
    }
  }
}
