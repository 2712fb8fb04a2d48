package org.incipit.server.index;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An index of a catalog while somebody holds it: the catalog itself, or a lease. */
final class OpenIndex {
  private final Index index;
  private final long generation;
  private final Path folder;
  private final Consumer<OpenIndex> unheld;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean deleted;

  /**
   * Held once.
   *
   * @param unheld called once, when nobody holds it any more
   */
  OpenIndex(Index index, long generation, Path folder, Consumer<OpenIndex> unheld) {
    this.index = index;
    this.generation = generation;
    this.folder = folder;
    this.unheld = unheld;
  }

  Index index() {
    return index;
  }

  long generation() {
    return generation;
  }

  Path folder() {
    return folder;
  }

  /** From now on its files may be removed once nobody holds it. */
  void markDeleted() {
    deleted = true;
  }

  boolean isDeleted() {
    return deleted;
  }

  /** Holds it once more, unless nobody does any longer. */
  boolean tryRetain() {
    int count = holders.get();
    while (count > 0) {
      if (holders.compareAndSet(count, count + 1)) {
        return true;
      }
      count = holders.get();
    }
    return false;
  }

  /** Holds it once less. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      unheld.accept(this);
    }
  }
}
