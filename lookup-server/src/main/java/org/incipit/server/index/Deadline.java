package org.incipit.server.index;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** When something must be given up, if at all. Immutable. */
final class Deadline implements BooleanSupplier {
  /** Far enough to be none, and near enough to be compared with. */
  private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE / 2);

  private final boolean limited;
  private final long end;

  private Deadline(boolean limited, long end) {
    this.limited = limited;
    this.end = end;
  }

  /**
   * In so long a time from now.
   *
   * @param timeout zero for never
   */
  static Deadline in(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must not be negative (got " + timeout + ")");
    }
    return timeout.isZero() || timeout.compareTo(NEVER) >= 0
        ? new Deadline(false, 0)
        : new Deadline(true, System.nanoTime() + timeout.toNanos());
  }

  /** Nanoseconds until then, 0 if it has passed. */
  long left() {
    return limited ? Math.max(end - System.nanoTime(), 0) : Long.MAX_VALUE;
  }

  /** Whether it has passed. */
  @Override
  public boolean getAsBoolean() {
    return limited && System.nanoTime() - end > 0;
  }
}
