package org.incipit.fingerprint.match;

import java.util.Optional;
import org.incipit.fingerprint.Fingerprint;

/**
 * Two fingerprints laid side by side: {@code length} pairs, from item {@code startA} of the first
 * and {@code startB} of the second, one of which is 0.
 */
record Alignment(int startA, int startB, int length) {
  /**
   * The alignment under which most sub-fingerprints are equal; among several the one that starts
   * latest in {@code a}. None if no alignment has two equal pairs.
   */
  static Optional<Alignment> best(Fingerprint a, Fingerprint b) {
    int[] equal = EqualPairs.byOffset(a, b);
    int best = 0;
    for (int i = 1; i < equal.length; i++) {
      if (equal[i] >= equal[best]) {
        best = i;
      }
    }
    if (equal[best] < 2) {
      return Optional.empty();
    }
    int offset = best - b.size();
    int startA = Math.max(offset, 0);
    int startB = Math.max(-offset, 0);
    int length = Math.min(a.size() - startA, b.size() - startB);
    return Optional.of(new Alignment(startA, startB, length));
  }
}
