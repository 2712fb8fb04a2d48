package org.incipit.server.task;

import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands values from any number of senders to any number of receivers, first in, first out. Senders
 * wait while it is full, receivers while it is empty, at most until their current {@link Deadline}.
 * After {@link #close} what is in it is still received.
 */
public final class Channel<T> implements AutoCloseable {
  /** Up to here the other side is waited for at nearly every value. */
  private static final int SMALL = 16;

  /** To let the other side run costs half of what it costs to be parked and unparked by it. */
  private static final int YIELDS = 2;

  private final @Nullable Object[] ring;
  private final int yields;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();

  /** Changed under the lock, looked at without. */
  private final AtomicInteger size = new AtomicInteger();

  // Under the lock.
  private int head;
  private boolean closed;

  /**
   * An empty channel.
   *
   * @param capacity values that have been sent and not received, at most; from 1
   */
  public Channel(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1 (got " + capacity + ")");
    }
    ring = new Object[capacity];
    yields = capacity > SMALL ? 0 : YIELDS;
  }

  /**
   * Sends a value; waits while the channel is full.
   *
   * @return false if the channel is closed, and the value was not sent
   * @throws TimeoutException at the current deadline; the value was not sent
   */
  public boolean send(T value) throws InterruptedException, TimeoutException {
    yieldWhile(ring.length);
    lock.lockInterruptibly();
    try {
      while (size.getPlain() == ring.length && !closed) {
        Deadline deadline = Deadline.current();
        if (deadline.isLimited()) {
          deadline.check();
          var _ = notFull.awaitNanos(deadline.remainingNanos());
        } else {
          notFull.await();
        }
      }
      return put(value);
    } finally {
      lock.unlock();
    }
  }

  /** Sends a value if there is room; false if it was not sent. */
  public boolean trySend(T value) {
    lock.lock();
    try {
      return size.getPlain() < ring.length && put(value);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Receives a value; waits while the channel is empty.
   *
   * @return null if it is empty and closed
   * @throws TimeoutException at the current deadline
   */
  public @Nullable T receive() throws InterruptedException, TimeoutException {
    yieldWhile(0);
    lock.lockInterruptibly();
    try {
      while (size.getPlain() == 0 && !closed) {
        Deadline deadline = Deadline.current();
        if (deadline.isLimited()) {
          deadline.check();
          var _ = notEmpty.awaitNanos(deadline.remainingNanos());
        } else {
          notEmpty.await();
        }
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Receives a value if there is one. */
  public @Nullable T tryReceive() {
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing more in, and wakes all who wait in vain. Can be called again. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      notFull.signalAll();
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the other side run while there are so many values, a few times at most. */
  @SuppressWarnings("ThreadPriorityCheck") // only for speed: who yields in vain is parked
  private void yieldWhile(int count) {
    for (int i = 0; i < yields && size.getOpaque() == count; i++) {
      Thread.yield();
    }
  }

  private boolean put(T value) {
    Objects.requireNonNull(value, "null stands for the end");
    if (closed) {
      return false;
    }
    int count = size.getPlain();
    int tail = head + count;
    ring[tail < ring.length ? tail : tail - ring.length] = value;
    size.setOpaque(count + 1);
    notEmpty.signal();
    return true;
  }

  private @Nullable T take() {
    int count = size.getPlain();
    if (count == 0) {
      return null;
    }
    @SuppressWarnings("unchecked") // only put() puts something in
    T value = (T) ring[head];
    ring[head] = null;
    head = head + 1 == ring.length ? 0 : head + 1;
    size.setOpaque(count - 1);
    notFull.signal();
    return value;
  }
}
