package org.incipit.server.fpindex;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all of a kind may take together. Any thread. */
final class Room {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A room.
   *
   * @param most bytes
   */
  Room(long most) {
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

  /** All there is, taken or not. */
  long most() {
    return most;
  }
}
