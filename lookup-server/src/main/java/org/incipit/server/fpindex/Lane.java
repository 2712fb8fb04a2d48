package org.incipit.server.fpindex;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads that take the work of several indexes in turns, each index's in its order:
 * one that has much to do does not delay the others.
 */
final class Lane implements Closeable {
  private final ThreadPoolExecutor threads;
  private final int mostAtOnce;
  private final int mostWaiting;

  // Those that have work; under the lock of this, and all they hold.
  private final Map<String, Turn> turns = new HashMap<>();
  private boolean closed;

  /**
   * Threads that start when they are needed.
   *
   * @param nice how much they stand back for other threads, 0 to 19
   * @param mostAtOnce threads that work for the same index
   * @param mostWaiting pieces of work of an index that may wait for a thread
   */
  Lane(String name, int threads, int nice, int mostAtOnce, int mostWaiting) {
    ThreadFactory factory = Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    this.mostAtOnce = mostAtOnce;
    this.mostWaiting = mostWaiting;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work ->
                factory.newThread(() -> {
                  Niceness.set(nice);
                  work.run();
                }));
  }

  /** An index that has work; stands in the queue of the threads at most once. */
  private final class Turn implements Runnable {
    final String index;
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    int running;
    boolean queued;

    Turn(String index) {
      this.index = index;
    }

    @Override
    public void run() {
      Runnable work = begin(this);
      while (work != null) {
        try {
          work.run();
        } finally {
          work = end(this);
        }
      }
    }
  }

  /** Runs work for an index; if too much waits it throws {@link RejectedExecutionException}. */
  Executor of(String index) {
    return work -> add(index, work, mostWaiting);
  }

  /** Goes on with work that was taken before, however much waits. */
  Executor furtherOf(String index) {
    return work -> add(index, work, Integer.MAX_VALUE);
  }

  private synchronized void add(String index, Runnable work, int most) {
    Turn turn = turns.computeIfAbsent(index, Turn::new);
    if (closed || turn.waiting.size() >= most) {
      throw new RejectedExecutionException("too much waits for index " + index);
    }
    turn.waiting.add(work);
    queue(turn);
  }

  private synchronized @Nullable Runnable begin(Turn turn) {
    turn.queued = false;
    Runnable work = turn.waiting.poll();
    if (work != null) {
      turn.running++;
      queue(turn);
    }
    return work;
  }

  /** Gives what is to be done next by the same thread: nothing, unless no other comes any more. */
  private synchronized @Nullable Runnable end(Turn turn) {
    turn.running--;
    if (closed) {
      return begin(turn);
    }
    queue(turn);
    if (turn.running == 0 && turn.waiting.isEmpty()) {
      turns.remove(turn.index);
    }
    return null;
  }

  private void queue(Turn turn) {
    if (!closed && !turn.queued && turn.running < mostAtOnce && !turn.waiting.isEmpty()) {
      threads.execute(turn);
      turn.queued = true;
    }
  }

  /** Takes no more; what waits is still done. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    threads.shutdown();
  }
}
