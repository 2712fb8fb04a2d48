package org.incipit.server.index;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.incipit.server.index.file.Uninterrupted;

/**
 * A thread that does one kind of maintenance again and again: when it is woken, and from time to
 * time. What fails is tried again after a pause, which is the longer the more work was in vain, so
 * that a disk that fails is not kept busy with it. The thread keeps no program alive: what it
 * leaves unfinished belongs to nothing, and the next one to open the index removes it.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final long IDLE_MILLIS = 200;
  private static final long LEAST_FAILURE_MILLIS = 1000;
  private static final long MOST_FAILURE_MILLIS = 60_000;
  private static final int FAILURE_FACTOR = 8;

  /** What is done. */
  @FunctionalInterface
  interface Work {
    /** Does one piece; true if there may be more. */
    boolean step() throws IOException;
  }

  private final Thread thread;
  private final Work work;
  private boolean woken;
  private long rests;
  private volatile boolean closed;
  private volatile String failure = "";

  private Upkeep(String name, Work work) {
    this.work = work;
    thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
  }

  /** Not started. */
  static Upkeep of(String name, Work work) {
    return new Upkeep(name, work);
  }

  /** Begins. */
  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      long start = System.nanoTime();
      try {
        while (!closed && work.step()) {
          failure = "";
          start = System.nanoTime();
        }
        failure = "";
        rested();
        sleep(IDLE_MILLIS, true);
      } catch (IOException | RuntimeException | Error e) {
        // Also of memory there may be enough again later.
        if (!closed) {
          report(e);
          sleep(failurePause((System.nanoTime() - start) / 1_000_000), false);
        }
      }
    }
  }

  /** How long nothing is tried after a piece of work has failed that took so long. */
  static long failurePause(long millis) {
    return Math.clamp(FAILURE_FACTOR * millis, LEAST_FAILURE_MILLIS, MOST_FAILURE_MILLIS);
  }

  private void report(Throwable e) {
    String message = e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    boolean isNew = !message.equals(failure);
    // First of all, as updates that wait for this thread go by it.
    failure = message;
    if (isNew) {
      String text = thread.getName() + " will be tried again: " + message;
      LOG.log(Level.WARNING, text, e instanceof IOException ? null : e);
    }
  }

  /** What the last try failed with, or nothing. */
  String failure() {
    return failure;
  }

  private synchronized void sleep(long millis, boolean untilWoken) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis;
        left > 0 && !(woken && untilWoken) && !closed;
        left = (end - System.nanoTime()) / 1_000_000) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        // It is nobody's way to end this thread.
        woken = true;
      }
    }
    woken = false;
  }

  private synchronized void rested() {
    rests++;
    notifyAll();
  }

  /**
   * Wakes the thread and waits until it has found nothing more to do, or for so long, or until it
   * is ended.
   *
   * @return whether it has found nothing more to do
   */
  synchronized boolean awaitRest(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    // The first rest may be that of a pass that began before.
    long wanted = rests + 2;
    while (rests < wanted) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || closed) {
        return false;
      }
      wake();
      wait(Math.min(left, 20));
    }
    return true;
  }

  /** There may be something to do. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** What it does from now on is its last piece. Does not wait. */
  void end() {
    closed = true;
    wake();
  }

  /** Ends the thread and waits for that. */
  @Override
  public void close() {
    end();
    Uninterrupted.await(thread::join);
  }
}
