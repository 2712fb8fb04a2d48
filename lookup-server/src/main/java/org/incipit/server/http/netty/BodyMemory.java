package org.incipit.server.http.netty;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that the bodies of all connections may hold together. Any thread. */
final class BodyMemory {
  private final AtomicLong free;

  /** With so many bytes. */
  BodyMemory(long bytes) {
    free = new AtomicLong(bytes);
  }

  /** What is left; negative if it is overdrawn. */
  long free() {
    return free.get();
  }

  /** Takes so many bytes, if they are left. */
  boolean take(long bytes) {
    long left = free.get();
    while (left >= bytes) {
      long seen = free.compareAndExchange(left, left - bytes);
      if (seen == left) {
        return true;
      }
      left = seen;
    }
    return false;
  }

  /** Takes bytes that have come, left or not; whether there were as many. */
  boolean overdraw(long bytes) {
    return free.addAndGet(-bytes) >= 0;
  }

  void give(long bytes) {
    free.addAndGet(bytes);
  }
}
