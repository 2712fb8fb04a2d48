package org.incipit.server.catalog.store;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Jobs that wait for the threads of a database, so many at most. */
final class JobQueue {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Job<?>> jobs = new ArrayDeque<>();
  private boolean isClosed;
  private long refused;
  private long waitedNanos;

  JobQueue(int capacity) {
    this.capacity = capacity;
  }

  void put(Job<?> job) throws CatalogException {
    lock.lock();
    try {
      if (isClosed) {
        throw closed();
      }
      if (jobs.size() >= capacity) {
        refused++;
        throw new CatalogException("the catalogue is busy: " + capacity + " wait already", null);
      }
      jobs.add(job);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next, waited for; null when the queue is closed. */
  @Nullable Job<?> take() {
    lock.lock();
    try {
      while (jobs.isEmpty() && !isClosed) {
        filled.awaitUninterruptibly();
      }
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** The next if there is one. */
  @Nullable Job<?> poll() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Job<?> next() {
    Job<?> job = jobs.poll();
    if (job != null) {
      waitedNanos += job.ageNanos();
    }
    return job;
  }

  /** How many wait, and what was so far; nothing is busy here. */
  CatalogLoad load() {
    lock.lock();
    try {
      return new CatalogLoad(0, jobs.size(), refused, waitedNanos);
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; those that wait fail. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      for (Job<?> job : jobs) {
        job.fail(closed());
      }
      jobs.clear();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static CatalogException closed() {
    return new CatalogException("the catalogue is closed", null);
  }
}
