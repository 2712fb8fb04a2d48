package org.incipit.server.task;

import java.io.InterruptedIOException;

/** How what does I/O tells that its thread was interrupted while it waited. */
public final class Interruption {
  private Interruption() {}

  /**
   * Keeps the thread interrupted, and makes the exception to throw.
   *
   * @param what was waited for
   */
  public static InterruptedIOException of(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interruption = new InterruptedIOException(what + ": interrupted");
    interruption.initCause(cause);
    return interruption;
  }
}
