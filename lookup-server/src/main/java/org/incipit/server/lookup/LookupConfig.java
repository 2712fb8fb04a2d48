package org.incipit.server.lookup;

import java.time.Duration;
import org.incipit.fingerprint.match.ScoreSlope;

/**
 * The limits of a lookup.
 *
 * @param candidates which fingerprints are compared with a query; default 40 that have 5 % of its
 *     terms and 10 % of what the best one has, found within 1 s
 * @param scoreAbove what a match scores more than; default 0.4
 * @param fingerprints most that match a query, before each track is named once; default 10
 * @param slope of the scores; default that of compare2
 */
public record LookupConfig(
    CandidateLimits candidates, double scoreAbove, int fingerprints, ScoreSlope slope) {
  /** The defaults. */
  public static final LookupConfig DEFAULT =
      new LookupConfig(
          new CandidateLimits(40, 5, 10, Duration.ofSeconds(1)), 0.4, 10, ScoreSlope.COMPARE2);

  public LookupConfig {
    if (!(scoreAbove >= 0 && scoreAbove <= 1)) {
      throw new IllegalArgumentException("scoreAbove must be 0..1 (got " + scoreAbove + ")");
    }
    if (fingerprints < 1) {
      throw new IllegalArgumentException(
          "fingerprints must be at least 1 (got " + fingerprints + ")");
    }
  }

  /** The same with another {@link #candidates}. */
  public LookupConfig withCandidates(CandidateLimits limits) {
    return new LookupConfig(limits, scoreAbove, fingerprints, slope);
  }

  /** The same with another {@link #slope}. */
  public LookupConfig withSlope(ScoreSlope other) {
    return new LookupConfig(candidates, scoreAbove, fingerprints, other);
  }
}
