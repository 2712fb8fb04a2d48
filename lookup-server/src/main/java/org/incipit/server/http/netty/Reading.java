package org.incipit.server.http.netty;

import io.netty.channel.Channel;

/** Whether a connection reads from its socket. On the loop. */
final class Reading {
  private final Channel channel;
  private final RequestDecoder decoder;
  private boolean bodyPaused;
  private boolean inputEnded;

  Reading(Channel channel, RequestDecoder decoder) {
    this.channel = channel;
    this.decoder = decoder;
  }

  /** The reader of the body is behind, or is not any more. */
  void pauseBody(boolean paused) {
    bodyPaused = paused;
  }

  /** The other side sends no more. */
  void end() {
    inputEnded = true;
  }

  boolean isEnded() {
    return inputEnded;
  }

  /**
   * Reads unless something must be dealt with before.
   *
   * @param all whether to read in any case, as nothing is dealt with any more
   */
  void update(boolean all) {
    if (inputEnded) {
      // Netty has taken it out of epoll, and would fail to change that.
      return;
    }
    boolean reads = all || (!bodyPaused && !decoder.isHoldingBack());
    if (reads != channel.config().isAutoRead()) {
      channel.config().setAutoRead(reads);
    }
  }
}
