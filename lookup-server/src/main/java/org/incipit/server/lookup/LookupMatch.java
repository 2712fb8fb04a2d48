package org.incipit.server.lookup;

import java.util.Comparator;
import java.util.UUID;

/**
 * A track that a fingerprint is of.
 *
 * @param score 0..1 of one of its fingerprints
 * @param fingerprint which one that is
 */
public record LookupMatch(long track, UUID gid, float score, long fingerprint) {
  /** The highest score first, of equal ones the lower fingerprint. */
  public static final Comparator<LookupMatch> BEST_FIRST =
      Comparator.comparingDouble(LookupMatch::score)
          .reversed()
          .thenComparingLong(LookupMatch::fingerprint);
}
