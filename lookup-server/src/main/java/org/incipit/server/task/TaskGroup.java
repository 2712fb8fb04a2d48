package org.incipit.server.task;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that belong together, each on a virtual thread of its own and under the deadline that was
 * current where it was spawned. The first that fails cancels the others, and so does to close the
 * group before it has been joined. Closing waits until the last has returned: nothing outlives the
 * group.
 *
 * {@snippet :
 * try (var group = new TaskGroup()) {
 *   Future<Track> track = group.spawn(() -> catalog.track(id));
 *   Future<Release> release = group.spawn(() -> catalog.release(id));
 *   group.join();
 *   return page(track.resultNow(), release.resultNow());
 * }
 * }
 *
 * <p>To cancel is to interrupt; a task that takes no notice keeps the group waiting. Its own thread
 * and its tasks may spawn. Only the thread that made it joins and closes: a task that did would
 * wait for itself.
 */
public final class TaskGroup implements AutoCloseable {
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("task-", 0).inheritInheritableThreadLocals(false).factory();

  private final Thread owner = Thread.currentThread();
  private final Set<Task<?>> running = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allEnded = lock.newCondition();

  private int count; // of running, under the lock
  private boolean closed; // under the lock
  private volatile boolean cancelled;

  /**
   * Starts a task; once the group is cancelled, gives one that is cancelled.
   *
   * @throws IllegalStateException if the group is closed
   */
  public <T extends @Nullable Object> Future<T> spawn(Callable<T> body) {
    Deadline deadline = Deadline.current();
    Task<T> task = new Task<>(deadline.isLimited() ? () -> deadline.call(body::call) : body);
    enter();
    running.add(task);
    if (cancelled) {
      task.cancel(false);
    }
    boolean started = false;
    try {
      THREADS.newThread(task).start();
      started = true;
    } finally {
      if (!started) {
        ended(task);
      }
    }
    return task;
  }

  /**
   * Waits until all tasks have returned.
   *
   * @throws ExecutionException with what the first task that failed has thrown
   * @throws TimeoutException if the current deadline passes before, whether this thread sees it
   *     first or a task; the tasks are cancelled
   * @throws InterruptedException if this thread is interrupted; the tasks are cancelled
   */
  public void join() throws ExecutionException, InterruptedException, TimeoutException {
    requireOwner();
    try {
      awaitEnd(Deadline.current());
    } catch (InterruptedException | TimeoutException e) {
      cancel();
      throw e;
    }
    switch (failure.get()) {
      case null -> {}
      case TimeoutException late when Deadline.current().hasPassed() -> throw late;
      case Throwable first -> throw new ExecutionException(first);
    }
  }

  /** Interrupts all tasks, and starts no more. */
  public void cancel() {
    cancelled = true;
    for (Task<?> task : running) {
      task.cancel(true);
    }
  }

  /** Cancels the tasks that have not ended, and waits for them, through interrupts too. */
  @Override
  public void close() {
    requireOwner();
    cancel();
    boolean interrupted = false;
    lock.lock();
    try {
      closed = true;
      while (count > 0) {
        try {
          allEnded.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd(Deadline deadline) throws InterruptedException, TimeoutException {
    lock.lockInterruptibly();
    try {
      while (count > 0) {
        if (deadline.hasPassed()) {
          throw new TimeoutException("deadline has passed before " + count + " tasks have ended");
        } else if (deadline.isLimited()) {
          var _ = allEnded.awaitNanos(deadline.remainingNanos());
        } else {
          allEnded.await();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireOwner() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("only the thread that made the group joins and closes it");
    }
  }

  private void enter() {
    lock.lock();
    try {
      // While it is being closed its tasks may still spawn, in vain.
      if (closed && count == 0) {
        throw new IllegalStateException("the group is closed");
      }
      count++;
    } finally {
      lock.unlock();
    }
  }

  private void ended(Task<?> task) {
    running.remove(task);
    lock.lock();
    try {
      if (--count == 0) {
        allEnded.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void failed(Throwable reason) {
    if (failure.compareAndSet(null, reason)) {
      cancel();
    }
  }

  /** One task; it has ended when its thread leaves it, cancelled or not. */
  private final class Task<T extends @Nullable Object> extends FutureTask<T> {
    Task(Callable<T> body) {
      super(body);
    }

    @Override
    public void run() {
      try {
        super.run();
      } finally {
        ended(this);
      }
    }

    @Override
    protected void setException(Throwable reason) {
      super.setException(reason);
      // What a cancelled task throws is the consequence, not the cause.
      if (!isCancelled()) {
        failed(reason);
      }
    }
  }
}
