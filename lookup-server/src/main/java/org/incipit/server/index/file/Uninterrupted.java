package org.incipit.server.index.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Does what an interrupt would break off. Who was interrupted meanwhile is so afterwards. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Opens a channel, uses it and closes it, or closes it if that fails. */
  @FunctionalInterface
  interface Use<T> {
    T of() throws IOException;
  }

  /** A wait that can be begun again: it looks at what it waits for first. */
  @FunctionalInterface
  public interface Wait<E extends Exception> {
    /** Returns when there is nothing more to wait for. */
    void await() throws InterruptedException, E;
  }

  /** Waits to the end, in the monitors that the caller is in. */
  public static <E extends Exception> void await(Wait<E> wait) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          wait.await();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Repeats it until no interrupt closes its channel. */
  static <T> T call(Use<T> use) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return use.of();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
