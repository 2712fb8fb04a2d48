package org.incipit.server.intake;

/** Waits for threads that end soon. */
final class Joining {
  private Joining() {}

  /** Waits until it has ended, whoever interrupts that. */
  static void join(Thread thread) {
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
