package org.incipit.cli.fpcalc;

import java.time.Instant;

/** The time of day, for {@code -ts}. */
final class Clock {
  private Clock() {}

  /** Seconds since 1970, to the microsecond as far as the system tells. */
  static double seconds() {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    return micros / 1e6;
  }
}
