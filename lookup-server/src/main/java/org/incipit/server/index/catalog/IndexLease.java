package org.incipit.server.index.catalog;

import java.util.concurrent.atomic.AtomicBoolean;
import org.incipit.server.index.Index;

/**
 * An index that stays open until this is closed, even if it is deleted meanwhile. To be held for
 * one request, not for long.
 */
public final class IndexLease implements AutoCloseable {
  private final OpenIndex open;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a hold of the index. */
  IndexLease(OpenIndex open) {
    this.open = open;
  }

  /** The index; not to be closed. */
  public Index index() {
    return open.index();
  }

  /** Its generation, unsigned. */
  public long generation() {
    return open.generation();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.release();
    }
  }
}
