package org.incipit.cli.audiofile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does the same to many things on several threads and delivers what comes of it in their order.
 * Only so many are begun ahead of the one that is delivered, so that what waits is bounded.
 */
public final class InOrder<T, R> implements Iterator<R>, AutoCloseable {
  /** For each thread. */
  private static final int AHEAD = 16;

  private final Iterator<T> things;
  private final Function<T, R> work;
  private final int most;
  private final ExecutorService threads;
  private final Deque<Future<R>> begun = new ArrayDeque<>();

  /**
   * Begins.
   *
   * @param work tells its failures by what it returns
   */
  public InOrder(List<T> things, int threads, Function<T, R> work) {
    this.things = things.iterator();
    this.work = work;
    most = threads * AHEAD;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("file ", 0).factory());
  }

  @Override
  public boolean hasNext() {
    return !begun.isEmpty() || things.hasNext();
  }

  @Override
  public R next() {
    while (begun.size() < most && things.hasNext()) {
      T thing = things.next();
      Callable<R> task = () -> work.apply(thing);
      begun.add(threads.submit(task));
    }
    try {
      return begun.remove().get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What has not been delivered is not wanted any more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
