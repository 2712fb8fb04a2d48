package org.incipit.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Binds addresses on event loops. */
record Binding(EventLoopGroup loops, boolean epoll) {
  /** A server's channel, the address it got, and its file if it is a Unix-domain socket. */
  record Bound(Channel channel, NetAddress address, @Nullable SocketFile file) {}

  Bound bind(NetAddress address, ListenLimits limits, ChannelHandler children) throws IOException {
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loops)
            .childHandler(children)
            .option(ChannelOption.SO_BACKLOG, limits.backlog());
    return switch (address) {
      case NetAddress.Tcp tcp -> tcp(server, tcp);
      case NetAddress.Unix unix -> unix(server, unix);
    };
  }

  private Bound tcp(ServerBootstrap server, NetAddress.Tcp address) throws IOException {
    InetSocketAddress wanted = new InetSocketAddress(address.host(), address.port());
    if (wanted.isUnresolved()) {
      throw new IOException("cannot listen on " + address + ": unknown host");
    }
    Class<? extends ServerChannel> kind =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    server
        .channel(kind)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true);
    Channel channel = bound(server.bind(wanted), address);
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    return new Bound(channel, new NetAddress.Tcp(address.host(), port), null);
  }

  private Bound unix(ServerBootstrap server, NetAddress.Unix address) throws IOException {
    Path path = address.path();
    // Netty removes the file it has bound when it closes, whosever it is by then. It gets another
    // name, and SocketFile looks whether the file is still ours.
    Path bound = SocketFile.whileBinding(path);
    SocketFile.removeStale(path);
    SocketFile.removeStale(bound);
    SocketAddress wanted =
        epoll ? new DomainSocketAddress(bound.toFile()) : UnixDomainSocketAddress.of(bound);
    Class<? extends ServerChannel> kind =
        epoll ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class;
    Channel channel = bound(server.channel(kind).bind(wanted), address);
    try {
      return new Bound(channel, address, SocketFile.moved(bound, path));
    } catch (IOException e) {
      channel.close().awaitUninterruptibly();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  private static Channel bound(ChannelFuture binding, NetAddress address) throws IOException {
    Throwable failure = binding.awaitUninterruptibly().cause();
    if (failure != null) {
      // Netty puts the system call before the reason.
      String reason =
          String.valueOf(failure.getMessage()).replaceFirst(".* failed with [^:]*: ", "");
      throw new IOException("cannot listen on " + address + ": " + reason, failure);
    }
    return binding.channel();
  }
}
