package org.incipit.server.intake;

import java.util.Arrays;
import java.util.Optional;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.lookup.PlausibleLength;

/** Which fingerprints a catalogue does not take, and why, in words for who has sent them. */
final class Refusals {
  /** About 13 seconds of varied audio. */
  static final int LEAST_DIFFERENT = 80;

  /** For what was stored and cannot be read. */
  static final String DAMAGED = "the fingerprint was damaged where it was stored";

  /** For what has failed more than once, at this server's fault. */
  static final String FAILED = "it could not be imported; the log says why";

  private Refusals() {}

  /**
   * Why not.
   *
   * @param terms how many the fingerprint has
   * @return nothing if it is taken
   */
  static Optional<String> of(NewSubmission submission, int terms) {
    Fingerprint fingerprint = submission.fingerprint();
    int duration = submission.duration();
    if (!PlausibleLength.has(fingerprint.size(), duration)) {
      return Optional.of(
          "the fingerprint has %d hashes, and one of %d seconds of audio has %d at most"
              .formatted(fingerprint.size(), duration, PlausibleLength.most(duration)));
    }
    if (terms == 0) {
      return Optional.of("the fingerprint has nothing but silence");
    }
    int different = different(fingerprint);
    if (different < LEAST_DIFFERENT) {
      return Optional.of(
          "the fingerprint has %d different hashes and must have %d: the audio is too short or too uniform"
              .formatted(different, LEAST_DIFFERENT));
    }
    return Optional.empty();
  }

  private static int different(Fingerprint fingerprint) {
    int[] items = fingerprint.toArray();
    Arrays.sort(items);
    int different = items.length == 0 ? 0 : 1;
    for (int i = 1; i < items.length; i++) {
      different += items[i] != items[i - 1] ? 1 : 0;
    }
    return different;
  }
}
