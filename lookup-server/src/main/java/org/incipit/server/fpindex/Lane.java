package org.incipit.server.fpindex;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

  /**
   * Threads that start when they are needed.
   *
   * @param mostAtOnce threads that work for the same index
   * @param mostWaiting pieces of work of an index that may wait for a thread
   */
  Lane(String name, int threads, int mostAtOnce, int mostWaiting) {
    this.mostAtOnce = mostAtOnce;
    this.mostWaiting = mostWaiting;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
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
      try {
        work.run();
      } finally {
        end(this);
      }
    }
  }

  /** Runs work for an index; if too much waits it throws {@link RejectedExecutionException}. */
  Executor of(String index) {
    return work -> add(index, work);
  }

  private synchronized void add(String index, Runnable work) {
    Turn turn = turns.computeIfAbsent(index, Turn::new);
    if (turn.waiting.size() >= mostWaiting) {
      throw new RejectedExecutionException("too much waits for index " + index);
    }
    turn.waiting.add(work);
    queue(turn);
  }

  private synchronized Runnable begin(Turn turn) {
    Runnable work = turn.waiting.remove();
    turn.running++;
    turn.queued = false;
    queue(turn);
    return work;
  }

  private synchronized void end(Turn turn) {
    turn.running--;
    queue(turn);
    if (turn.running == 0 && turn.waiting.isEmpty()) {
      turns.remove(turn.index);
    }
  }

  private void queue(Turn turn) {
    if (!turn.queued && turn.running < mostAtOnce && !turn.waiting.isEmpty()) {
      threads.execute(turn);
      turn.queued = true;
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
