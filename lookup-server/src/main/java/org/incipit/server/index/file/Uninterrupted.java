package org.incipit.server.index.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Does what needs a channel that an interrupt closes, as if there were no interrupts. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Opens a channel, uses it and closes it, or closes it if that fails. */
  @FunctionalInterface
  interface Use<T> {
    T of() throws IOException;
  }

  /** Repeats it until no interrupt breaks it off. Who was interrupted is so afterwards. */
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
