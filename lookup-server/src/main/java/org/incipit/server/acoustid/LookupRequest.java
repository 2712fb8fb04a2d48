package org.incipit.server.acoustid;

import java.util.List;
import java.util.UUID;
import org.incipit.server.lookup.LookupQuery;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@code /v2/lookup}.
 *
 * @param batch whether each entry is answered, or the first alone
 */
record LookupRequest(boolean batch, Meta meta, List<Entry> entries) {
  private static final int MAX_FINGERPRINTS = 20;
  private static final int MAX_TRACKS = 100;
  private static final int MAX_DURATION_DIFF = 30;
  private static final String FINGERPRINT = "fingerprint";
  private static final String TRACK = "trackid";
  private static final String DURATION_DIFF = "maxdurationdiff";

  /** What is looked up. */
  sealed interface Entry {
    Suffix suffix();
  }

  /** Whose fingerprint is this? */
  record ByFingerprint(Suffix suffix, LookupQuery query) implements Entry {}

  /**
   * What is known of this track?
   *
   * @param text of the id as it was sent
   */
  record ByTrack(Suffix suffix, UUID gid, String text) implements Entry {}

  /**
   * Reads it.
   *
   * @throws ApiError 2, 3, 7, 8, 11, 19
   */
  static LookupRequest of(Arguments arguments) throws ApiError {
    boolean batch = arguments.number("batch", 0) != 0;
    int diff = durationDiff(arguments);
    List<Suffix> suffixes = arguments.suffixes(FINGERPRINT, TRACK);
    if (suffixes.isEmpty()) {
      throw ApiError.missing(FINGERPRINT);
    }
    requireFew(arguments, suffixes);
    int most = batch ? suffixes.size() : 1;
    List<Entry> entries = Suffix.read(suffixes, most, suffix -> entry(arguments, suffix, diff));
    return new LookupRequest(batch, Meta.of(arguments.first("meta")), entries);
  }

  private static int durationDiff(Arguments arguments) throws ApiError {
    long diff = arguments.number(DURATION_DIFF, LookupQuery.DEFAULT_DURATION_DIFF);
    if (diff < 1 || diff > MAX_DURATION_DIFF) {
      throw ApiError.outOfRange(DURATION_DIFF, 1, MAX_DURATION_DIFF);
    }
    return (int) diff;
  }

  private static void requireFew(Arguments arguments, List<Suffix> suffixes) throws ApiError {
    long tracks = suffixes.stream().filter(suffix -> track(arguments, suffix) != null).count();
    if (tracks > MAX_TRACKS || suffixes.size() - tracks > MAX_FINGERPRINTS) {
      throw ApiError.tooLarge();
    }
  }

  /** The track's id of an entry that has one. */
  private static @Nullable String track(Arguments arguments, Suffix suffix) {
    String track = arguments.first(TRACK + suffix.text());
    return track == null || track.isEmpty() ? null : track;
  }

  private static Entry entry(Arguments arguments, Suffix suffix, int diff) throws ApiError {
    String track = track(arguments, suffix);
    if (track != null) {
      return new ByTrack(suffix, Arguments.uuid(TRACK + suffix.text(), track), track);
    }
    int duration = arguments.duration("duration" + suffix.text());
    var fingerprint = SentFingerprint.of(arguments, FINGERPRINT + suffix.text(), duration);
    return new ByFingerprint(suffix, new LookupQuery(fingerprint, duration, diff));
  }
}
