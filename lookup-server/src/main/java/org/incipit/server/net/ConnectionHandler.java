package org.incipit.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** Between the pipeline and the straight-line code of one connection. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("connection-", 0).inheritInheritableThreadLocals(false).factory();

  private final Connection connection;
  private final Connection.Handler handler;

  private ConnectionHandler(Connection connection, Connection.Handler handler) {
    this.connection = connection;
    this.handler = handler;
  }

  static void open(Channel channel, Duration timeout, Connection.Handler handler) {
    // Who has sent all and says so still wants the answers.
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    Connection connection = new Connection(channel, timeout);
    channel.pipeline().addLast(new ConnectionHandler(connection, handler));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    THREADS.newThread(this::talk).start();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      connection.came(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Drain.FINISH) {
      connection.finish();
    } else if (event instanceof ChannelInputShutdownEvent) {
      connection.ended();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      connection.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    connection.failed(cause);
    var _ = context.close();
  }

  private void talk() {
    try (connection) {
      handler.handle(connection);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "connection ended", e);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "connection ended by a fault", e);
    }
  }
}
