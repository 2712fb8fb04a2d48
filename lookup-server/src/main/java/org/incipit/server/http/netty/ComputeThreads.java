package org.incipit.server.http.netty;

import java.io.Closeable;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.HttpError;

/** Platform threads for what computes, behind a queue with an end. */
final class ComputeThreads implements Executor, Closeable {
  private final ThreadPoolExecutor threads;

  /**
   * Threads that start when they are needed.
   *
   * @param mostWaiting places in the queue
   */
  ComputeThreads(int threads, int mostWaiting) {
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            Thread.ofPlatform().name("compute-", 0).daemon().factory());
  }

  /** The answer to who finds the queue full. */
  static HttpError full() {
    return new HttpError(503, "too much to do", Map.of("Retry-After", "1"));
  }

  /** Runs it soon; throws {@link RejectedExecutionException} if the queue is full. */
  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
