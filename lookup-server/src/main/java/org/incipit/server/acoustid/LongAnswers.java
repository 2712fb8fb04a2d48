package org.incipit.server.acoustid;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incipit.server.lookup.IndexBusyException;

/**
 * So many long answers are in memory at the same time, from when what is told is fetched until the
 * network has it. Any number of threads.
 */
final class LongAnswers {
  /** Heap for each: {@link AnswerBytes#MOST} three times while they grow, and what is told. */
  private static final long BYTES_AN_ANSWER = 64 << 20;

  private static final int MOST = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Semaphore free;
  private final long patience;

  /** As many as the heap has room for. */
  LongAnswers() {
    this(Math.clamp(Runtime.getRuntime().maxMemory() / BYTES_AN_ANSWER, 2, MOST), PATIENCE);
  }

  /**
   * So many.
   *
   * @param patience how long each waits to be one of them
   */
  LongAnswers(int most, Duration patience) {
    free = new Semaphore(most, true);
    this.patience = patience.toNanos();
  }

  /** That of an answer which is not long yet. */
  Turn turn() {
    return new Turn();
  }

  /** Whether an answer is one of them. For one thread at a time. */
  final class Turn {
    private final long deadline = System.nanoTime() + patience;
    private final AtomicBoolean isTaken = new AtomicBoolean();

    private Turn() {}

    /**
     * Makes the answer one of them, before it becomes long; nothing if it is.
     *
     * @throws IndexBusyException if there are too many until its patience ends
     */
    void take() throws IOException {
      if (isTaken.get()) {
        return;
      }
      try {
        if (!free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw new IndexBusyException("too many long answers are made already");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while others made long answers");
      }
      isTaken.set(true);
    }

    /** Lets another be long; nothing if this is none. */
    void giveBack() {
      if (isTaken.getAndSet(false)) {
        free.release();
      }
    }
  }
}
