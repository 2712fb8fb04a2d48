package org.incipit.server.catalog.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that a caller hands to a thread of the database. Until that thread takes it the caller may
 * give it up; then it is never run. Once it is taken the caller waits for its end, so that what is
 * reported is what was done.
 */
final class Job<T> {
  private enum State {
    WAITING,
    TAKEN,
    GIVEN_UP
  }

  private final Work<T> work;
  private final long created = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable failure;

  Job(Work<T> work) {
    this.work = work;
  }

  /** By the thread that will run it; false if the caller has given it up. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Runs it, maybe once more; returns whether it went well. It is not finished by that. */
  boolean run(Session session) {
    try {
      result = work.run(session);
      failure = null;
      return true;
    } catch (SQLException | RuntimeException | Error e) {
      failure = e;
      return false;
    }
  }

  long ageNanos() {
    return System.nanoTime() - created;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Lets the caller go on with what has come of it. */
  void finish() {
    done.countDown();
  }

  /** Lets the caller go on with a failure; one that the work has had itself stays. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    finish();
  }

  /**
   * Waits for the end, and until it is begun only so long. An interrupt gives up what has not begun
   * and else is left for the caller.
   */
  T await(Duration wait) throws CatalogException {
    long deadline = System.nanoTime() + wait.toNanos();
    boolean isTaken = false;
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          if (isTaken) {
            done.await();
            return outcome();
          }
          if (done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return outcome();
          }
          if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            throw new CatalogException("the catalogue is busy: gave up waiting for it", null);
          }
        } catch (InterruptedException e) {
          isInterrupted = true;
          if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            throw new CatalogException("interrupted while waiting for the catalogue", e);
          }
        }
        isTaken = true;
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("NullAway") // A result is null only where the work returns null.
  private T outcome() throws CatalogException {
    return switch (failure) {
      case null -> result;
      case CatalogException e -> throw e;
      case SQLException e -> throw Failures.of(e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    };
  }
}
