package org.incipit.cli.fpcalc;

/** How much text all files of a {@link Batch} together may keep; the lock of their reports, too. */
final class TextBudget {
  private final long mostBytes;
  private long keptBytes;

  TextBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Whether nobody should keep more. With the lock. */
  boolean isSpent() {
    return keptBytes > mostBytes;
  }

  /** More is kept, or less. With the lock. */
  void add(int bytes) {
    keptBytes += bytes;
    notifyAll();
  }
}
