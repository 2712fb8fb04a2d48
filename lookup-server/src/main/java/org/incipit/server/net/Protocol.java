package org.incipit.server.net;

import io.netty.channel.Channel;

/** What is spoken on the connections of a listener. */
@FunctionalInterface
public interface Protocol {
  /**
   * Adds its handlers to the pipeline of a new connection, behind TLS if there is any. On the
   * connection's event loop, before anything is read.
   *
   * <p>When the listener drains, {@link Drain} comes through the pipeline as a user event; the
   * protocol then finishes what it is doing and closes the channel. It may come at any moment,
   * right after this call too, and more than once.
   */
  void open(Channel channel);
}
