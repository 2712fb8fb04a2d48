package org.incipit.server.index;

import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import org.incipit.server.index.search.Scratch;

/** A bounded number of scratches, made when first needed, lent to one search at a time. */
final class ScratchPool {
  private final Semaphore free;
  private final ArrayDeque<Scratch> idle = new ArrayDeque<>();

  ScratchPool(int most) {
    free = new Semaphore(most);
  }

  /** Waits for one to be free. */
  Scratch lease() {
    free.acquireUninterruptibly();
    boolean leased = false;
    try {
      Scratch scratch = poll();
      leased = true;
      return scratch;
    } finally {
      if (!leased) {
        free.release();
      }
    }
  }

  private Scratch poll() {
    synchronized (idle) {
      Scratch scratch = idle.pollLast();
      return scratch != null ? scratch : new Scratch();
    }
  }

  void giveBack(Scratch scratch) {
    synchronized (idle) {
      idle.addLast(scratch);
    }
    free.release();
  }
}
