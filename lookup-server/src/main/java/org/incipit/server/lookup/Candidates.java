package org.incipit.server.lookup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;

/** Asks an index for fingerprints that share terms with another. Any number of threads. */
public final class Candidates {
  private final CandidateIndex index;
  private final CandidateLimits limits;

  /** Over an index. */
  public Candidates(CandidateIndex index, CandidateLimits limits) {
    this.index = index;
    this.limits = limits;
  }

  /**
   * The ids of those that have most of these terms, best first. Waits.
   *
   * @param terms of {@link org.incipit.fingerprint.match.QueryExtractor}; without any there are no
   *     candidates
   * @return nothing if the search was cut off by its time limit
   * @throws IndexLoadingException while the index does not know all of the catalogue
   * @throws IndexBusyException if too many searches wait already
   */
  public Optional<List<Long>> of(int... terms) throws IOException {
    if (terms.length == 0) {
      return Optional.of(List.of());
    }
    Query query =
        Query.of(terms)
            .withLimit(limits.most())
            .withMinScore((terms.length * limits.leastHitsPercent() + 99) / 100)
            .withScorePercent(limits.leastOfBestPercent());
    Hits hits = index.search(query, limits.timeout());
    if (!hits.isComplete()) {
      return Optional.empty();
    }
    List<Long> ids = new ArrayList<>(hits.size());
    for (int i = 0; i < hits.size(); i++) {
      ids.add(Integer.toUnsignedLong(hits.id(i)));
    }
    return Optional.of(ids);
  }
}
