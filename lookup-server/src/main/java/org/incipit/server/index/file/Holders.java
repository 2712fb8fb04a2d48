package org.incipit.server.index.file;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who holds something that is open; with the last one it can be closed. Any thread. */
public final class Holders {
  // Begins with whoever opened it.
  private final AtomicInteger count = new AtomicInteger(1);

  /** One more, unless nobody does any longer. */
  public boolean tryRetain() {
    int present = count.get();
    while (present > 0) {
      if (count.compareAndSet(present, present + 1)) {
        return true;
      }
      present = count.get();
    }
    return false;
  }

  /** One fewer; true if it was the last one. */
  public boolean release() {
    return count.decrementAndGet() == 0;
  }
}
