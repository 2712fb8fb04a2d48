package org.incipit.server.http.netty;

import java.time.Duration;
import org.incipit.server.task.Deadline;

/**
 * The time that a request has for its answer. It begins on the loop or where the handler runs, and
 * is watched by the loop.
 */
final class RequestTime {
  private final Duration budget;
  private final boolean unlimited;
  private Deadline deadline = Deadline.NONE;
  private volatile long lateAt = Long.MAX_VALUE;
  private volatile boolean endless;
  private boolean stopped;

  /**
   * Not begun yet.
   *
   * @param unlimited whether bodies may take as long as they want, if only something of them goes
   *     on
   */
  RequestTime(Duration budget, boolean unlimited) {
    this.budget = budget;
    this.unlimited = unlimited;
  }

  /** It runs from now, unless it does already. */
  void begin(long now) {
    if (lateAt == Long.MAX_VALUE && !stopped) {
      lateAt = now + budget.toNanos();
    }
  }

  /** What is left of it, for the handler. In its thread. */
  Deadline deadline() {
    if (!unlimited && !deadline.isLimited() && !endless) {
      deadline = Deadline.after(Duration.ofNanos(lateAt - System.nanoTime()));
    }
    return deadline;
  }

  /** There is no end to the answer, and so none to its time. In the handler's thread. */
  void lift() {
    endless = true;
    deadline.lift();
  }

  boolean isEndless() {
    return endless;
  }

  /** Something of a body has come or gone. Any thread. */
  void goesOn() {
    if (unlimited) {
      lateAt = System.nanoTime() + budget.toNanos();
    }
  }

  /** The body of the request is complete; without limit, its time goes on with the answer's. */
  void stop() {
    if (unlimited) {
      stopped = true;
      lateAt = Long.MAX_VALUE;
    }
  }

  boolean isLate(long now) {
    return !endless && now - lateAt > 0;
  }
}
