package org.incipit.server.lookup;

import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.StoredFingerprint;

/**
 * Whose fingerprint is this?
 *
 * @param duration whole seconds of the whole file, positive
 * @param maxDurationDiff seconds by which that of a match may differ, 1..30
 */
public record LookupQuery(Fingerprint fingerprint, int duration, int maxDurationDiff) {
  /** The seconds if nothing else is said. */
  public static final int DEFAULT_DURATION_DIFF = 7;

  /** Seconds of the shortest file that may be the same. */
  int shortest() {
    return duration - maxDurationDiff;
  }

  /** Seconds of the longest file that may be the same. */
  int longest() {
    return Math.clamp((long) duration + maxDurationDiff, 0, Integer.MAX_VALUE);
  }

  /** Whether the files may be the same, going by their durations. */
  boolean isAsLongAs(StoredFingerprint other) {
    return other.duration() >= shortest() && other.duration() <= longest();
  }
}
