package org.incipit.server.lookup;

import java.time.Duration;

/**
 * Which fingerprints an index is asked for.
 *
 * @param most of them, 1..10000
 * @param leastHitsPercent of the query's terms that each must have, 0..100, rounded up, at least
 *     one term
 * @param leastOfBestPercent of the terms that the best one has, 0..100
 * @param timeout of a search, its wait for a thread included; positive
 */
public record CandidateLimits(
    int most, int leastHitsPercent, int leastOfBestPercent, Duration timeout) {
  public CandidateLimits {
    requireWithin(1, most, 10_000, "most");
    requireWithin(0, leastHitsPercent, 100, "leastHitsPercent");
    requireWithin(0, leastOfBestPercent, 100, "leastOfBestPercent");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive (got " + timeout + ")");
    }
  }

  private static void requireWithin(int least, int value, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + most + " (got " + value + ")");
    }
  }
}
