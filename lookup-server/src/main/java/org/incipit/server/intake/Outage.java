package org.incipit.server.intake;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that fails again and again: told when it begins, when its cause changes and when it is
 * over, and tried again after pauses that grow. Of one thread.
 */
final class Outage {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Logger log;
  private final String work;
  private Duration pause = FIRST_PAUSE;
  private @Nullable String told;

  /**
   * None yet.
   *
   * @param work what cannot be done meanwhile
   */
  Outage(Logger log, String work) {
    this.log = log;
    this.work = work;
  }

  /** It failed; for how long to wait. A cause is told once, until there is another. */
  Duration failed(Throwable cause) {
    String now = cause.toString();
    if (!now.equals(told)) {
      // What a bug has thrown is looked for in the code.
      log.log(Level.WARNING, work + " waits: " + now, cause instanceof IOException ? null : cause);
      told = now;
    }
    return pause();
  }

  /** For how long to wait before what has failed is tried again: each time for longer. */
  Duration pause() {
    Duration now = pause;
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    return now;
  }

  /** It works. */
  void over() {
    if (told != null) {
      log.log(Level.INFO, work + " goes on");
    }
    told = null;
    pause = FIRST_PAUSE;
  }
}
