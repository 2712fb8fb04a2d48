package org.incipit.server.fpindex;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all transactions under way may take together. Any thread. */
final class TransactionRoom {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A room.
   *
   * @param most bytes
   */
  TransactionRoom(long most) {
    this.most = most;
  }

  /** Takes so many bytes, if there are so many. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
