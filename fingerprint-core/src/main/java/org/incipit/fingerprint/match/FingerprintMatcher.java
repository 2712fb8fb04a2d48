package org.incipit.fingerprint.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.incipit.fingerprint.Fingerprint;

/**
 * Finds the stretches that two fingerprints have in common, at whatever offset: the same song in
 * two files, a recording inside a longer one. One offset is tried, the one at which most
 * sub-fingerprints agree. Immutable, thread-safe.
 */
public final class FingerprintMatcher {
  /** The most sub-fingerprints of a fingerprint to match: 18 hours of audio. */
  public static final int MAX_SIZE = 524_286;

  /** The threshold unless told otherwise: 10 of 32 bits. */
  public static final double DEFAULT_THRESHOLD = 10.0;

  /** Neighbouring stretches whose scores differ by less are one. */
  private static final double SAME_SCORE = 0.7;

  private static final GaussianFilter SMOOTHING = new GaussianFilter(8.0, 3);

  private final double threshold;

  /** A matcher with the {@link #DEFAULT_THRESHOLD}. */
  public FingerprintMatcher() {
    this(DEFAULT_THRESHOLD);
  }

  /**
   * @param threshold stretches match if fewer bits than this differ in a pair of sub-fingerprints,
   *     on average; above 0
   * @throws IllegalArgumentException if the threshold is not above 0
   */
  public FingerprintMatcher(double threshold) {
    if (!(threshold > 0)) {
      throw new IllegalArgumentException("threshold must be above 0 (got " + threshold + ")");
    }
    this.threshold = threshold;
  }

  /**
   * The matching stretches in order of position, none overlapping another; empty if nothing
   * matches.
   *
   * <p>Time grows with the sizes and with the number of pairs of sub-fingerprints, one from each
   * side, whose upper 12 bits are equal, but is bounded however they repeat: two fingerprints of
   * {@value #MAX_SIZE} items take under ten seconds at worst and 30 MB.
   *
   * @throws IllegalArgumentException if the algorithms differ or either has more than {@value
   *     #MAX_SIZE} items
   */
  public List<MatchSegment> match(Fingerprint a, Fingerprint b) {
    requireComparable(a, b);
    requireSize(a);
    requireSize(b);
    Optional<Alignment> best = Alignment.best(a, b);
    return best.isPresent()
        ? Collections.unmodifiableList(segments(a, b, best.get()))
        : Collections.emptyList();
  }

  private List<MatchSegment> segments(Fingerprint a, Fingerprint b, Alignment alignment) {
    float[] errors = new float[alignment.length()];
    for (int k = 0; k < errors.length; k++) {
      errors[k] = Integer.bitCount(a.at(alignment.startA() + k) ^ b.at(alignment.startB() + k));
    }
    float[] slopes = SMOOTHING.apply(errors);
    Gradient.apply(slopes);
    List<MatchSegment> segments = new ArrayList<>();
    int begin = 0;
    for (int end : ChangePoints.of(slopes)) {
      append(segments, alignment, errors, begin, end);
      begin = end;
    }
    append(segments, alignment, errors, begin, errors.length);
    return segments;
  }

  private void append(
      List<MatchSegment> segments, Alignment alignment, float[] errors, int begin, int end) {
    double sum = 0;
    for (int k = begin; k < end; k++) {
      sum += errors[k];
    }
    double score = sum / (end - begin);
    if (score >= threshold) {
      return;
    }
    MatchSegment segment =
        new MatchSegment(
            alignment.startA() + begin, alignment.startB() + begin, end - begin, score);
    int last = segments.size() - 1;
    if (last >= 0
        && segments.get(last).touches(segment)
        && Math.abs(segments.get(last).score() - score) < SAME_SCORE) {
      segments.set(last, segments.get(last).joinedWith(segment));
    } else {
      segments.add(segment);
    }
  }

  static void requireComparable(Fingerprint a, Fingerprint b) {
    if (a.algorithmId() != b.algorithmId()) {
      throw new IllegalArgumentException(
          "fingerprints of different algorithms cannot be compared (ids "
              + a.algorithmId()
              + " and "
              + b.algorithmId()
              + ")");
    }
  }

  private static void requireSize(Fingerprint fingerprint) {
    if (fingerprint.size() > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a fingerprint to match has at most "
              + MAX_SIZE
              + " items (got "
              + fingerprint.size()
              + ")");
    }
  }
}
