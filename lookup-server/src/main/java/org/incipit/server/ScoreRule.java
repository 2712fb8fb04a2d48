package org.incipit.server;

import org.incipit.fingerprint.match.ScoreSlope;

/** How similarity becomes the score of a lookup. */
public enum ScoreRule {
  /** As AcoustID's thresholds were chosen for. */
  COMPARE2(ScoreSlope.COMPARE2),
  /** As acoustid.org does now: half as steep. */
  ACOUSTID(ScoreSlope.FPSTORE);

  private final ScoreSlope slope;

  ScoreRule(ScoreSlope slope) {
    this.slope = slope;
  }

  ScoreSlope slope() {
    return slope;
  }
}
