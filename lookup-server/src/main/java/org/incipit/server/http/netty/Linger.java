package org.incipit.server.http.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** How a connection ends on which more may come: first our direction, and what comes is dropped. */
final class Linger {
  /** Ends our direction after the last answer. The connection is closed a little later. */
  static final ChannelFutureListener SHUT_OUTPUT =
      written -> {
        if (!written.isSuccess()) {
          var _ = written.channel().close();
        } else if (written.channel() instanceof DuplexChannel duplex
            && duplex.pipeline().get(SslHandler.class) == null) {
          var _ = duplex.shutdownOutput();
        }
      };

  private Linger() {}
}
