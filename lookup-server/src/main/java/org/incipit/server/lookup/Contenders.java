package org.incipit.server.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.incipit.server.catalog.StoredFingerprint;

/**
 * The stored fingerprints that may be like a query, compared as they come: of each remains its
 * score, so that their hashes need not be in memory together. Of one thread.
 */
public final class Contenders {
  private final Ranking ranking;
  private final LookupQuery query;
  private final Collection<Long> ids;
  private final double above;
  private final List<LookupMatch> matches = new ArrayList<>();

  /**
   * Nothing compared.
   *
   * @param ids of all that are to be compared
   * @param above what a match scores more than
   */
  public Contenders(Ranking ranking, LookupQuery query, Collection<Long> ids, double above) {
    this.ranking = ranking;
    this.query = query;
    this.ids = ids;
    this.above = above;
  }

  /** Compares those of these that are among them; each comes once. */
  public void compare(Map<Long, StoredFingerprint> some) {
    List<StoredFingerprint> there = new ArrayList<>();
    for (Long id : ids) {
      StoredFingerprint fingerprint = some.get(id);
      if (fingerprint != null) {
        there.add(fingerprint);
      }
    }
    if (!there.isEmpty()) {
      matches.addAll(ranking.rank(query, there, above));
    }
  }

  /** Those that match, of what was compared. */
  public List<LookupMatch> bestFirst() {
    return matches.stream().sorted(LookupMatch.BEST_FIRST).toList();
  }
}
