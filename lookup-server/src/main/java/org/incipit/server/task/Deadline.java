package org.incipit.server.task;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The moment until which something may take, on the clock of {@link System#nanoTime}. A thread has
 * one current deadline, a task of a {@link TaskGroup} that of the thread that started it; a
 * deadline within another can only be earlier.
 */
public final class Deadline {
  /** Never passes. */
  public static final Deadline NONE = new Deadline(false, 0);

  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  /** 146 years: differences between two moments must not overflow. */
  private static final long FAR_NANOS = Long.MAX_VALUE / 2;

  private volatile boolean limited;
  private final long nanoTime;

  private Deadline(boolean limited, long nanoTime) {
    this.limited = limited;
    this.nanoTime = nanoTime;
  }

  /**
   * So long from now.
   *
   * @param budget zero or less has passed already; 146 years and more never pass
   */
  public static Deadline after(Duration budget) {
    long nanos = nanos(budget);
    if (nanos >= FAR_NANOS) {
      return NONE;
    }
    return new Deadline(true, System.nanoTime() + nanos);
  }

  /** The deadline of what this thread is doing; {@link #NONE} if there is none. */
  public static Deadline current() {
    return CURRENT.orElse(NONE);
  }

  /**
   * Calls under the current deadline, or this long from now, whichever is earlier. Interrupts
   * nothing: what is called asks {@link #current}.
   */
  public static <T, X extends Throwable> T callWithin(
      Duration budget, ScopedValue.CallableOp<? extends T, X> body) throws X {
    return after(budget).call(body);
  }

  /** Calls under this deadline, or the current one if that is earlier. */
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> body) throws X {
    return ScopedValue.where(CURRENT, earlier(current())).call(body);
  }

  /**
   * Makes it one that never passes: for whoever made it, when what it was for turns out to have no
   * end. A deadline of its own within it holds on.
   */
  public void lift() {
    limited = false;
  }

  /** Of two, the one that passes first. */
  public Deadline earlier(Deadline other) {
    if (!other.limited) {
      return this;
    }
    return limited && nanoTime - other.nanoTime <= 0 ? this : other;
  }

  /** False for {@link #NONE}, and after {@link #lift}. */
  public boolean isLimited() {
    return limited;
  }

  /** What is left; zero if it has passed, {@link Long#MAX_VALUE} for {@link #NONE}. */
  public long remainingNanos() {
    return limited ? Math.max(0, nanoTime - System.nanoTime()) : Long.MAX_VALUE;
  }

  /** What is left; zero if it has passed, 292 years for {@link #NONE}. */
  public Duration remaining() {
    return Duration.ofNanos(remainingNanos());
  }

  /** Whether nothing is left. */
  public boolean hasPassed() {
    return remainingNanos() == 0;
  }

  /**
   * For work that does not wait, now and then.
   *
   * @throws TimeoutException if it has passed
   */
  public void check() throws TimeoutException {
    if (hasPassed()) {
      throw new TimeoutException("deadline has passed");
    }
  }

  @Override
  public String toString() {
    return limited ? "Deadline[" + remaining() + "]" : "Deadline[none]";
  }

  private static long nanos(Duration budget) {
    if (budget.isNegative()) {
      return 0;
    }
    return budget.toSeconds() < FAR_NANOS / 1_000_000_000 ? budget.toNanos() : FAR_NANOS;
  }
}
