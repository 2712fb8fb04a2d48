package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CountDownLatch;
import org.incipit.server.net.Drain;

/**
 * How far a server has got with what came on its connections. Tests wait for that rather than for
 * some time that would have to be long enough.
 */
@Sharable
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
  private volatile CountDownLatch mayOpen = new CountDownLatch(0);
  private long received;
  private int drained;
  private boolean paused;

  /** Has connections wait until something has been sent on them, or whatever the caller likes. */
  CountDownLatch holdConnections() {
    mayOpen = new CountDownLatch(1);
    return mayOpen;
  }

  /** On the loop, before anything else is in the pipeline. */
  void add(Channel channel) {
    try {
      mayOpen.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    channel.pipeline().addLast(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    int length = ((ByteBuf) message).readableBytes();
    super.channelRead(ctx, message);
    synchronized (this) {
      received += length;
      notifyAll();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    synchronized (this) {
      paused = !ctx.channel().config().isAutoRead();
      notifyAll();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    super.userEventTriggered(ctx, event);
    if (event == Drain.FINISH) {
      synchronized (this) {
        drained++;
        notifyAll();
      }
    }
  }

  /** Waits until so many bytes have come, of all connections, and have been dealt with. */
  synchronized void awaitReceived(long bytes) throws InterruptedException {
    while (received < bytes) {
      wait();
    }
  }

  /** Waits until a connection is not read from; false if so many bytes have come before. */
  synchronized boolean pausesBefore(long bytes) throws InterruptedException {
    while (!paused && received < bytes) {
      wait();
    }
    return paused;
  }

  /** Waits until so many connections have been told that the server ends. */
  synchronized void awaitDrained(int connections) throws InterruptedException {
    while (drained < connections) {
      wait();
    }
  }
}
