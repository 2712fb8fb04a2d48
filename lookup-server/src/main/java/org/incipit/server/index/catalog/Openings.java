package org.incipit.server.index.catalog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs what opens the indexes of a catalog, so many at a time. When it returns, or throws, none is
 * under way.
 */
record Openings(int atOnce) {
  /** Checks it. */
  Openings {
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce must be at least 1 (got " + atOnce + ")");
    }
  }

  /** Opens one index. */
  @FunctionalInterface
  interface Opening {
    void run() throws IOException;
  }

  /**
   * Runs them all.
   *
   * @throws IOException of the first in the list that failed; those after it may not have run
   */
  void run(List<Opening> openings) throws IOException {
    int threads = Math.min(atOnce, openings.size());
    if (threads > 1) {
      runOn(threads, openings);
    } else {
      for (Opening opening : openings) {
        opening.run();
      }
    }
  }

  private static void runOn(int threads, List<Opening> openings) throws IOException {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("index-open-", 0).factory())) {
      List<Future<Boolean>> opened =
          openings.stream().map(opening -> pool.submit(callable(opening))).toList();
      try {
        for (Future<Boolean> one : opened) {
          await(one);
        }
      } finally {
        opened.forEach(one -> one.cancel(false));
      }
    }
  }

  private static Callable<Boolean> callable(Opening opening) {
    return () -> {
      opening.run();
      return true;
    };
  }

  private static void await(Future<Boolean> one) throws IOException {
    try {
      one.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException("only I/O may fail", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("opening the indexes").initCause(e);
    }
  }
}
