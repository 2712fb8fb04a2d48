package org.incipit.server.lookup;

import java.util.Comparator;
import org.incipit.server.catalog.StoredFingerprint;

/** A fingerprint, and how much it is like another: 0..1. */
public record Scored(StoredFingerprint fingerprint, float score) {
  /** The highest score first, of equal ones the lower id. */
  public static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score)
          .reversed()
          .thenComparingLong(each -> each.fingerprint().id());
}
