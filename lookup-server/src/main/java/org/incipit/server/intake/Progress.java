package org.incipit.server.intake;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/** Tells how an index catches up with a catalogue, if that takes long. Of one thread. */
final class Progress {
  private static final long BETWEEN = Duration.ofSeconds(5).toNanos();

  private final Logger log;
  private long begun;
  private long from;
  private long told;

  Progress(Logger log, long position) {
    this.log = log;
    begin(position);
  }

  /** It catches up from here. */
  void begin(long position) {
    begun = System.nanoTime();
    told = begun;
    from = position;
  }

  /** It is so far now. */
  void at(long position, long head) {
    long now = System.nanoTime();
    if (now - told > BETWEEN) {
      told = now;
      long left = (long) ((double) (now - begun) / (position - from) * (head - position));
      log.log(
          Level.INFO,
          "index %s: %s, about %d s left"
              .formatted(
                  FollowedIndex.NAME, share(position, head), Duration.ofNanos(left).toSeconds()));
    }
  }

  /** It has caught up. */
  void end(long position) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    log.log(
        Level.INFO,
        String.format(
            Locale.ROOT,
            "index %s follows the catalogue: %d changes taken over in %.1f s",
            FollowedIndex.NAME,
            position - from,
            seconds));
  }

  /** {@code 1200 of 5000 changes, 24 %}. */
  static String share(long position, long head) {
    long percent = head == 0 ? 100 : Math.min(100, 100 * position / head);
    return position + " of " + head + " changes, " + percent + " %";
  }
}
