package org.incipit.server.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rings when a wait takes too long. The loop's timer is set once and looks, when it fires, at what
 * is left of the present wait: most waits are over long before, and cost no timer of their own. Not
 * thread-safe: under the lock of the connection.
 */
final class IdleAlarm {
  private final EventLoop loop;
  private final Runnable tick;

  private Duration timeout;
  private long until;
  private boolean begun;
  private @Nullable ScheduledFuture<?> timer;

  /** Calls {@code tick} on the loop, which is then to ask {@link #hasRung}. */
  IdleAlarm(EventLoop loop, Runnable tick, Duration timeout) {
    this.loop = loop;
    this.tick = tick;
    this.timeout = timeout;
  }

  Duration timeout() {
    return timeout;
  }

  void timeout(Duration changed) {
    cancel();
    timeout = changed;
    restart();
  }

  /** What is waited for from now on is something else. */
  void restart() {
    begun = false;
  }

  /** A wait begins, or goes on. */
  void arm() {
    if (!timeout.isPositive()) {
      return;
    }
    if (!begun) {
      begun = true;
      until = System.nanoTime() + timeout.toNanos();
    }
    if (timer == null) {
      set();
    }
  }

  /** On the loop, when it has ticked: whether the present wait is over. */
  boolean hasRung(boolean waiting) {
    timer = null;
    if (!waiting) {
      return false;
    }
    if (until - System.nanoTime() <= 0) {
      return true;
    }
    set();
    return false;
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void set() {
    timer = loop.schedule(tick, Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
