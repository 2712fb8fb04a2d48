package org.incipit.server.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    this(threads, Epoll.isAvailable());
  }

  /** Starts them of the given kind. */
  Network(int threads, boolean epoll) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1 (got " + threads + ")");
    }
    this.epoll = epoll;
    IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("network", true), factory);
  }

  /**
   * Listens in the clear.
   *
   * @throws IOException in one line, if the address cannot be had
   */
  public Listener listen(NetAddress address, ListenLimits limits, Protocol protocol)
      throws IOException {
    return listen(address, limits, null, protocol);
  }

  /**
   * Listens, with TLS if there are files for it.
   *
   * @throws IOException in one line, if the address cannot be had
   */
  public Listener listen(
      NetAddress address, ListenLimits limits, @Nullable TlsFiles tls, Protocol protocol)
      throws IOException {
    Connections connections = new Connections(limits, tls, protocol);
    return new Listener(new Binding(loops, epoll).bind(address, limits, connections), connections);
  }

  /** Ends the loops, after the listeners. Waits for them. */
  @Override
  public void close() {
    loops
        .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
  }
}
