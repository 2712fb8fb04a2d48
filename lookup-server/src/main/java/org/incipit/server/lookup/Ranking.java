package org.incipit.server.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.FingerprintComparison;
import org.incipit.fingerprint.match.ScoreSlope;
import org.incipit.server.catalog.StoredFingerprint;

/** Compares a query with stored fingerprints. Any number of threads. */
public final class Ranking {
  /** Half an hour; the tables of what is longer would be too much to keep. */
  private static final int MOST_ITEMS_KEPT = 1 << 14;

  private final ScoreSlope slope;
  private final LongAdder compared = new LongAdder();

  /** Comparisons that nobody uses now, a few at most. */
  private final ArrayBlockingQueue<FingerprintComparison> idle =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  /** By scores of this slope. */
  public Ranking(ScoreSlope slope) {
    this.slope = slope;
  }

  /**
   * Those that are about as long as the query and score more than {@code above}, the best first. Of
   * another algorithm none is.
   */
  public List<LookupMatch> rank(
      LookupQuery query, Collection<StoredFingerprint> candidates, double above) {
    Fingerprint fingerprint = query.fingerprint();
    List<LookupMatch> ranked = new ArrayList<>();
    FingerprintComparison comparison = lease();
    int longest = fingerprint.size();
    long count = 0;
    for (StoredFingerprint candidate : candidates) {
      Fingerprint other = candidate.fingerprint();
      if (query.isAsLongAs(candidate) && fingerprint.algorithmId() == other.algorithmId()) {
        longest = Math.max(longest, other.size());
        float score = comparison.compare(fingerprint, other);
        count++;
        if (score > above) {
          ranked.add(
              new LookupMatch(candidate.track(), candidate.trackGid(), score, candidate.id()));
        }
      }
    }
    compared.add(count);
    if (longest <= MOST_ITEMS_KEPT) {
      idle.offer(comparison);
    }
    ranked.sort(LookupMatch.BEST_FIRST);
    return ranked;
  }

  /** Whether a query is about as long as each of these and scores at least so much with it. */
  public boolean areAllLike(LookupQuery query, Collection<StoredFingerprint> others, double least) {
    return rank(query, others, Math.nextDown(least)).size() == others.size();
  }

  private FingerprintComparison lease() {
    FingerprintComparison free = idle.poll();
    return free == null ? new FingerprintComparison(slope) : free;
  }

  /** How many pairs were compared so far. */
  public long compared() {
    return compared.sum();
  }
}
