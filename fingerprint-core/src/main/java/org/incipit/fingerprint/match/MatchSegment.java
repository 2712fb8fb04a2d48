package org.incipit.fingerprint.match;

import org.incipit.fingerprint.Algorithm;

/**
 * A stretch that two fingerprints have in common. Positions and duration count sub-fingerprints.
 *
 * @param positionA where it begins in the first fingerprint
 * @param positionB where it begins in the second
 * @param duration how long it is, at least 1
 * @param score bits that differ in a pair of sub-fingerprints, on average: 0 (identical) to 32;
 *     unrelated audio has about 16
 * @param leftScore if the stretch was joined from several, the score of all but the last; else
 *     {@code score}
 * @param rightScore likewise, the score of the last
 */
public record MatchSegment(
    int positionA, int positionB, int duration, double score, double leftScore, double rightScore) {

  /** A stretch that was not joined from others. */
  MatchSegment(int positionA, int positionB, int duration, double score) {
    this(positionA, positionB, duration, score, score, score);
  }

  /** Where the stretch begins in the first recording, in seconds. */
  public double startSecondsA(Algorithm algorithm) {
    return seconds(positionA, algorithm);
  }

  /** Where the stretch begins in the second recording, in seconds. */
  public double startSecondsB(Algorithm algorithm) {
    return seconds(positionB, algorithm);
  }

  /** How much audio the stretch was computed from, in seconds. */
  public double durationSeconds(Algorithm algorithm) {
    return seconds(duration, algorithm) + (double) algorithm.delay() / Algorithm.SAMPLE_RATE;
  }

  /** The score in hundredths of a bit, rounded, 0..3200: the form in which Chromaprint shows it. */
  public int publicScore() {
    return (int) (score * 100 + 0.5);
  }

  boolean touches(MatchSegment next) {
    return positionA + duration == next.positionA;
  }

  /** This stretch and the one that begins where it ends, as one. */
  MatchSegment joinedWith(MatchSegment next) {
    int both = duration + next.duration;
    double mean = (score * duration + next.score * next.duration) / both;
    return new MatchSegment(positionA, positionB, both, mean, score, next.score);
  }

  private static double seconds(int items, Algorithm algorithm) {
    return (double) items * algorithm.itemDuration() / Algorithm.SAMPLE_RATE;
  }
}
