package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.HttpLimits;

/** How long a WebSocket may be silent, and take for its end. On its loop. */
final class SocketPatience extends Patient {
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SocketConnection connection;
  private final HttpLimits limits;
  private final Sweep sweep;
  private final WriteProgress progress;
  private long heardAt;
  private boolean pinged;
  private boolean leaving;
  private long leavingSince;

  SocketPatience(SocketConnection connection, Channel channel, HttpLimits limits, Sweep sweep) {
    this.connection = connection;
    this.limits = limits;
    this.sweep = sweep;
    this.progress = new WriteProgress(channel);
  }

  void start() {
    heard();
    sweep.add(this);
  }

  void stop() {
    sweep.remove(this);
  }

  /** Something came. */
  void heard() {
    heardAt = System.nanoTime();
    pinged = false;
  }

  /** We have said goodbye. */
  void leave() {
    leaving = true;
    leavingSince = System.nanoTime();
  }

  @Override
  void check(long now) {
    boolean writing = progress.isWriting(now);
    if (progress.isStalled(now, limits.writeTimeout().toNanos())
        || (leaving && !writing && now - leavingSince > GOODBYE_NANOS)) {
      connection.abort();
    } else if (writing && leaving) {
      leavingSince = now;
    } else if (connection.isPaused()) {
      heard();
    } else if (!leaving && now - heardAt > limits.idleTimeout().toNanos()) {
      heardAt = now;
      if (pinged) {
        connection.abort();
      } else {
        pinged = true;
        connection.ping();
      }
    }
  }
}
