package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * When the virtual threads of a connection start and its answers leave: at the end of a {@link
 * Round}. So requests that came together share a thread, and answers that follow on each other's
 * heels share a packet. On the loop.
 */
final class Dispatch {
  private final Channel channel;
  private final Turns turns;
  private final Round round;
  private boolean inRound;
  private boolean starts;
  private boolean flushes;
  private boolean progresses;

  Dispatch(Channel channel, Turns turns, Round round) {
    this.channel = channel;
    this.turns = turns;
    this.round = round;
  }

  /** Has a thread started for the one whose turn it is. */
  void start() {
    starts = true;
    enter();
  }

  /** Has what is written flushed. */
  void flush() {
    flushes = true;
    enter();
  }

  /** There is an answer. */
  void progress() {
    progresses = true;
  }

  private void enter() {
    if (!inRound) {
      inRound = true;
      round.add(this);
    }
  }

  /** The round has ended. A failure ends the connection, and no other. */
  void end() {
    inRound = false;
    try {
      startAndFlush();
    } catch (Throwable e) {
      var _ = channel.pipeline().fireExceptionCaught(e);
    }
  }

  private void startAndFlush() {
    Exchange current = turns.current();
    if (starts && current != null) {
      var _ = current.claim();
      Chain.start(turns.chain(current));
    }
    starts = false;
    if (flushes) {
      flush(turns.ledTo());
    }
  }

  private void flush(@Nullable Exchange next) {
    if (progresses && next != null) {
      // It may have its answer in the next round.
      progresses = false;
      enter();
      return;
    }
    flushes = false;
    channel.flush();
    if (next != null && next.claim()) {
      // The handler before it has answered, but not returned.
      turns.unchain();
      Chain.start(turns.chain(next));
    }
  }
}
