package org.incipit.server.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of a process: one set, shared by every listener. Epoll where it is, NIO
 * elsewhere.
 */
public final class Network implements Closeable {
  private static final long QUIET_MILLIS = 0;
  private static final long CLOSE_MILLIS = 5_000;

  private final EventLoopGroup loops;
  private final boolean epoll;

  /**
   * Starts the event loops.
   *
   * @param threads one for each loop; also accepts connections
   */
  public Network(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1 (got " + threads + ")");
    }
    epoll = Epoll.isAvailable();
    IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("network", true), factory);
  }

  /** For what listens and connects. */
  EventLoopGroup loops() {
    return loops;
  }

  /** Whether the loops are epoll's, and so the channels must be. */
  boolean isEpoll() {
    return epoll;
  }

  /** Ends the loops, after the listeners. Waits for them. */
  @Override
  public void close() {
    loops
        .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
  }
}
