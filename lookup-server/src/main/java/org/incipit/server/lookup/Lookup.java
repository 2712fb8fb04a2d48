package org.incipit.server.lookup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.catalog.Tracks;

/** Finds tracks by fingerprints. Any number of threads. */
public final class Lookup {
  private final Candidates candidates;
  private final FingerprintSource stored;
  private final LookupConfig config;
  private final Ranking ranking;
  private final LongAdder lookups = new LongAdder();
  private final LongAdder queries = new LongAdder();
  private final LongAdder found = new LongAdder();
  private final LongAdder cutOff = new LongAdder();

  /** In a catalogue, by the index that follows it. */
  public Lookup(CandidateIndex index, Tracks tracks, LookupConfig config) {
    this(index, tracks::fingerprints, config);
  }

  Lookup(CandidateIndex index, FingerprintSource stored, LookupConfig config) {
    candidates = new Candidates(index, config.candidates());
    this.stored = stored;
    this.config = config;
    ranking = new Ranking(config.slope());
  }

  /**
   * Answers queries together, so that the catalogue is asked once for all of them. Waits.
   *
   * @return for each query the tracks that score high enough, best first; none if the search was
   *     cut off by its time limit
   * @throws IndexLoadingException while the index does not know all of the catalogue
   * @throws IndexBusyException if too many searches wait already
   * @throws org.incipit.server.catalog.CatalogException if the catalogue is away
   */
  public List<List<LookupMatch>> find(List<LookupQuery> asked) throws IOException {
    lookups.increment();
    queries.add(asked.size());
    List<List<Long>> named = new ArrayList<>();
    Set<Long> all = new HashSet<>();
    for (LookupQuery query : asked) {
      List<Long> ids = candidates(query);
      named.add(ids);
      all.addAll(ids);
    }
    Map<Long, StoredFingerprint> known = all.isEmpty() ? Map.of() : fetch(asked, all);
    List<List<LookupMatch>> answers = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      // The catalogue may have lost what the index still knows.
      List<StoredFingerprint> there =
          named.get(i).stream().map(known::get).filter(Objects::nonNull).toList();
      List<LookupMatch> matches = matches(asked.get(i), there);
      found.add(matches.isEmpty() ? 0 : 1);
      answers.add(matches);
    }
    return answers;
  }

  /** Those that are as long as any of the queries; the others would be fetched in vain. */
  private Map<Long, StoredFingerprint> fetch(List<LookupQuery> asked, Set<Long> ids)
      throws IOException {
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (LookupQuery query : asked) {
      shortest = Math.min(shortest, query.shortest());
      longest = Math.max(longest, query.longest());
    }
    return stored.fingerprints(ids, shortest, longest);
  }

  private List<Long> candidates(LookupQuery query) throws IOException {
    Optional<List<Long>> ids = candidates.of(QueryExtractor.extract(query.fingerprint()));
    if (ids.isEmpty()) {
      cutOff.increment();
    }
    return ids.orElse(List.of());
  }

  private List<LookupMatch> matches(LookupQuery query, List<StoredFingerprint> there) {
    Map<Long, LookupMatch> best = new LinkedHashMap<>();
    List<Scored> ranked = ranking.rank(query, there, config.scoreAbove());
    for (Scored each : ranked.subList(0, Math.min(config.fingerprints(), ranked.size()))) {
      StoredFingerprint match = each.fingerprint();
      best.putIfAbsent(
          match.track(),
          new LookupMatch(match.track(), match.trackGid(), each.score(), match.id()));
    }
    return List.copyOf(best.values());
  }

  /** What was done so far. */
  public LookupStats stats() {
    return new LookupStats(
        lookups.sum(), queries.sum(), found.sum(), cutOff.sum(), ranking.compared());
  }
}
