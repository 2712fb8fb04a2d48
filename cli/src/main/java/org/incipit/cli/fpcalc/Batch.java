package org.incipit.cli.fpcalc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several files at the same time, a thread each, reported in the order of the command line. Workers
 * run at most {@value #AHEAD} files per thread ahead of the one being reported, so that what waits
 * is bounded; so is its text, to {@value #MOST_BYTES} bytes and a piece for each thread.
 */
final class Batch {
  private static final int AHEAD = 32;
  private static final int MOST_BYTES = 128 << 20;

  private final Options options;
  private final Report report;
  private final List<byte[]> files;
  private final FileReport[] pending;
  private final AtomicInteger next = new AtomicInteger();
  private final Semaphore ahead;

  Batch(Options options, Report report) {
    this.options = options;
    this.report = report;
    files = options.files();
    ahead = new Semaphore(0);
    pending = new FileReport[files.size()];
  }

  /**
   * Processes all files, or those up to the first that fails.
   *
   * @return the exit code
   * @throws IOException if a result cannot be written
   */
  int run() throws IOException {
    int threads = Math.min(options.threads(), files.size());
    int waiting = (int) Math.min((long) threads * AHEAD, Integer.MAX_VALUE);
    TextBudget budget = new TextBudget(MOST_BYTES);
    for (int i = 0; i < pending.length; i++) {
      pending[i] = new FileReport(budget);
    }
    ahead.release(waiting);
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::work, "file " + i);
      worker.setDaemon(true);
      worker.start();
    }
    int exit = 0;
    for (int i = 0; i < pending.length; i++) {
      int status = pending[i].forward(report);
      ahead.release();
      if (status != FilePass.OK && !options.keepGoing()) {
        return status;
      }
      exit = FilePass.worse(exit, status);
    }
    return exit;
  }

  private void work() {
    FilePass pass = new FilePass(options, false);
    while (true) {
      ahead.acquireUninterruptibly();
      int i = next.getAndIncrement();
      if (i >= files.size()) {
        return;
      }
      FileReport own = pending[i];
      int status = FilePass.FAILED;
      try {
        status = pass.run(files.get(i), own);
      } catch (IOException | RuntimeException | Error e) {
        own.error(ErrorLine.of(options.keepGoing() ? files.get(i) : null, ErrorLine.internal(e)));
      } finally {
        own.done(status);
      }
    }
  }
}
