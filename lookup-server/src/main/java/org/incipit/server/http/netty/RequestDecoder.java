package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.incipit.server.http.HttpLimits;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder, shown heads, chunk lines and trailers only when they are complete and well
 * formed. Gives a {@link Malformed} in place of what is not, and then drops what else comes.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int MAX_CONTENT = 64 << 10;

  /** What comes next. */
  private enum Next {
    HEAD,
    BODY,
    CHUNK_LINE,
    CHUNK,
    TRAILERS,
    NOTHING
  }

  private final HttpLimits limits;
  private final BooleanSupplier wantsMore;
  private @Nullable ChannelHandlerContext context;
  private final HeadCheck head;
  private @Nullable HeadCheck trailers;
  private @Nullable ChunkCheck chunk;
  private Next next = Next.HEAD;
  private int headBytes;
  private int chunkLeft;
  private boolean decoding;

  /**
   * For one connection.
   *
   * @param wantsMore whether another request may be decoded, or more of its body
   */
  RequestDecoder(HttpLimits limits, BooleanSupplier wantsMore) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxHeadBytes())
            .setMaxHeaderSize(limits.maxHeadBytes())
            .setMaxChunkSize(MAX_CONTENT)
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
            .setStrictLineParsing(true));
    this.limits = limits;
    this.wantsMore = wantsMore;
    head = new HeadCheck(limits.maxHeadBytes(), limits.maxHeaders(), false);
  }

  /** Whether a head has begun and is not complete. */
  boolean isInHead() {
    return next == Next.HEAD && head.hasBegun();
  }

  /** Length of the last head. */
  int headBytes() {
    return headBytes;
  }

  /** Whether bytes wait that belong to a request that is not wanted yet. */
  boolean isHoldingBack() {
    return next != Next.NOTHING && actualReadableBytes() > 0 && !wantsMore.getAsBoolean();
  }

  /** Whether this is on the stack, so that it looks again by itself. */
  boolean isDecoding() {
    return decoding;
  }

  /** How many bytes there are behind what was decoded last. */
  int available() {
    return actualReadableBytes();
  }

  /** Decodes what was held back. */
  void resume() {
    if (context != null && !decoding && actualReadableBytes() > 0) {
      try {
        channelRead(context, Unpooled.EMPTY_BUFFER);
      } catch (Exception e) {
        context.fireExceptionCaught(e);
      }
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    decoding = true;
    try {
      super.channelRead(ctx, bytes);
    } finally {
      decoding = false;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      // Netty's would throw away what is held back.
      ctx.fireUserEventTriggered(event);
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    in.skipBytes(in.readableBytes());
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (next != Next.NOTHING && !wantsMore.getAsBoolean()) {
      return;
    }
    switch (next) {
      case HEAD -> head(ctx, in, out);
      case BODY -> pass(ctx, in, out);
      case CHUNK_LINE -> chunkLine(ctx, in, out);
      case CHUNK -> {
        int before = in.readableBytes();
        pass(ctx, in, out);
        chunkLeft -= before - in.readableBytes();
        if (chunkLeft == 0 && next == Next.CHUNK) {
          next = Next.CHUNK_LINE;
        }
      }
      case TRAILERS -> trailers(ctx, in, out);
      case NOTHING -> in.skipBytes(in.readableBytes());
    }
  }

  private void head(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!head.advance(in)) {
      refuse(head.fault(), in, out);
      return;
    }
    headBytes = head.count();
    head.reset();
    super.decode(ctx, in, out);
    if (out.isEmpty() || !(out.getFirst() instanceof HttpRequest request)) {
      refuse(Malformed.bad("not a request"), in, out);
      return;
    }
    Malformed fault =
        request.decoderResult().isFailure()
            ? Malformed.bad("the length of the body is not clear")
            : Framing.fault(request);
    if (fault != null) {
      refuse(fault, in, out);
    } else if (out.getLast() instanceof LastHttpContent) {
      next = Next.HEAD;
    } else {
      next = Framing.isChunked(request) ? Next.CHUNK_LINE : Next.BODY;
    }
  }

  private void chunkLine(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (chunk == null) {
      chunk = new ChunkCheck();
    }
    ChunkCheck line = chunk;
    if (!line.advance(in)) {
      refuse(line.fault(), in, out);
      return;
    }
    int size = line.size();
    int length = line.count();
    line.reset();
    if (size == 0) {
      next = Next.TRAILERS;
      super.decode(ctx, in, out);
    } else {
      next = Next.CHUNK;
      int before = in.readableBytes();
      pass(ctx, in, out);
      chunkLeft = length + size + 2 - (before - in.readableBytes());
      if (chunkLeft == 0 && next == Next.CHUNK) {
        next = Next.CHUNK_LINE;
      }
    }
  }

  private void trailers(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (trailers == null) {
      trailers = new HeadCheck(limits.maxHeadBytes(), limits.maxHeaders(), true);
    }
    if (trailers.advance(in)) {
      trailers.reset();
      pass(ctx, in, out);
    } else {
      refuse(trailers.fault(), in, out);
    }
  }

  private void pass(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    super.decode(ctx, in, out);
    if (out.isEmpty()) {
      return;
    }
    if (out.getLast() instanceof HttpObject last && last.decoderResult().isFailure()) {
      refuse(Malformed.bad("a chunk does not end where it should"), in, out);
    } else if (out.getLast() instanceof LastHttpContent) {
      next = Next.HEAD;
    }
  }

  private void refuse(@Nullable Malformed fault, ByteBuf in, List<Object> out) {
    if (fault == null) {
      return;
    }
    for (Object object : out) {
      ReferenceCountUtil.release(object);
    }
    out.clear();
    out.add(fault);
    next = Next.NOTHING;
    in.skipBytes(in.readableBytes());
  }
}
