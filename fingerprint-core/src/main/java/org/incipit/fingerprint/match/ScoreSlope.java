package org.incipit.fingerprint.match;

/** How fast a score falls with the bits that differ. */
public enum ScoreSlope {
  /**
   * 0 when half the bits differ, as by {@code acoustid_compare2}. AcoustID's thresholds were chosen
   * for this one.
   */
  COMPARE2(16),

  /**
   * 0 when all bits differ, which is how acoustid.org scores public lookups today (its {@code
   * fpstore}). Only the slope is taken from there: fpstore also aligns by other bits, with votes of
   * all equal pairs, smoothed; so where alignments differ, so do scores.
   */
  FPSTORE(32);

  private final int bitsForNothing;

  ScoreSlope(int bitsForNothing) {
    this.bitsForNothing = bitsForNothing;
  }

  /** With so many wrong bits of the 32 of each sub-fingerprint the score is 0. */
  int bitsForNothing() {
    return bitsForNothing;
  }
}
