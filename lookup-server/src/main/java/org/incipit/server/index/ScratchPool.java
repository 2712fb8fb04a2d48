package org.incipit.server.index;

import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.incipit.server.index.search.Scratch;
import org.jspecify.annotations.Nullable;

/** A bounded number of scratches, made when first needed, lent to one search at a time. */
final class ScratchPool {
  private final Semaphore free;
  private final ArrayDeque<Scratch> idle = new ArrayDeque<>();

  ScratchPool(int most) {
    free = new Semaphore(most);
  }

  /** Waits for one to be free; null if the deadline passes before. Not interruptible. */
  @Nullable Scratch lease(Deadline deadline) {
    return acquire(deadline) ? take() : null;
  }

  /** One that is free now, or null. */
  @Nullable Scratch tryLease() {
    return free.tryAcquire() ? take() : null;
  }

  private boolean acquire(Deadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return free.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Scratch take() {
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
