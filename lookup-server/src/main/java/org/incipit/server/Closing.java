package org.incipit.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things to be closed together, the last one first. One thread. */
final class Closing implements Closeable {
  private final Deque<Closeable> open = new ArrayDeque<>();

  /** Adds one, and gives it back. */
  <T extends Closeable> T add(T one) {
    open.push(one);
    return one;
  }

  /** Closes all, whatever happens to some. */
  @Override
  public void close() throws IOException {
    Exception failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException | RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
