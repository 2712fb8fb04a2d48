package org.incipit.server.task;

/** Waits for threads that have been told to end. */
public final class Joining {
  private Joining() {}

  /** Waits until it has ended, whoever interrupts that; who did finds the thread interrupted. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
