package org.incipit.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a channel so that what was written last arrives: to close a socket that still has bytes to
 * read resets the connection, and the other side may lose the answer to what it was sending. So
 * first all is written, then the other side is told, and what it sends is thrown away until it
 * closes too.
 */
public final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final long WRITE_SECONDS = 10;
  private static final long LINGER_SECONDS = 1;

  private LingeringClose() {}

  /** Closes it, at the latest after 10 s for what was written and 1 s for the other side. */
  public static void close(Channel channel) {
    if (!channel.isOpen()) {
      return;
    }
    var timer =
        channel.eventLoop().schedule(() -> closeNow(channel), WRITE_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> afterWriting(channel, written.isSuccess()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  private static void afterWriting(Channel channel, boolean written) {
    boolean mayWait =
        written && channel instanceof DuplexChannel duplex && !duplex.isInputShutdown();
    if (!mayWait) {
      closeNow(channel);
      return;
    }
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      endOutput(channel);
    } else {
      tls.closeOutbound().addListener(told -> endOutput(channel));
    }
    channel.pipeline().addFirst(new LingeringClose());
    channel.config().setAutoRead(true);
    var timer =
        channel.eventLoop().schedule(() -> closeNow(channel), LINGER_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
  }

  private static void endOutput(Channel channel) {
    var _ = ((DuplexChannel) channel).shutdownOutput();
  }

  private static void closeNow(Channel channel) {
    var _ = channel.close();
  }
}
