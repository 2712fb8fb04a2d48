package org.incipit.server.lookup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.Tracks;

/** Finds tracks by fingerprints. Any number of threads. */
public final class Lookup {
  /** Of fingerprints that a lookup has in memory at a time: a thousand usual ones. */
  private static final long CHUNK_BYTES = 4 << 20;

  /** Heap for each lookup that may read one: all of their chunks are an eighth of it. */
  private static final long BYTES_A_TURN = 8 * CHUNK_BYTES;

  private final Candidates candidates;
  private final FingerprintSource stored;
  private final LookupConfig config;
  private final Ranking ranking;
  private final Turns turns;
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
    long most = Runtime.getRuntime().maxMemory() / BYTES_A_TURN;
    turns = new Turns(Math.clamp(most, 2, Integer.MAX_VALUE), config.candidates().timeout());
  }

  /**
   * Answers queries together, so that the catalogue is asked once for all of them, or a few times
   * if the candidates are large. Waits.
   *
   * @return for each query the tracks that score high enough, best first; none if the search was
   *     cut off by its time limit
   * @throws IndexLoadingException while the index does not know all of the catalogue
   * @throws IndexBusyException if too many searches wait already, or too many lookups read
   * @throws org.incipit.server.catalog.CatalogException if the catalogue is away
   */
  public List<List<LookupMatch>> find(List<LookupQuery> asked) throws IOException {
    lookups.increment();
    queries.add(asked.size());
    List<Contenders> contenders = new ArrayList<>();
    Set<Long> all = new HashSet<>();
    for (LookupQuery query : asked) {
      List<Long> ids = candidates(query);
      contenders.add(new Contenders(ranking, query, ids, config.scoreAbove()));
      all.addAll(ids);
    }
    if (!all.isEmpty()) {
      turns.forEach(fetch(asked, all), chunk -> contenders.forEach(each -> each.compare(chunk)));
    }
    List<List<LookupMatch>> answers = new ArrayList<>();
    for (Contenders each : contenders) {
      List<LookupMatch> matches = bestOfTracks(each.bestFirst());
      found.add(matches.isEmpty() ? 0 : 1);
      answers.add(matches);
    }
    return answers;
  }

  /** Those that are as long as any of the queries; the others would be fetched in vain. */
  private FingerprintChunks fetch(List<LookupQuery> asked, Set<Long> ids) {
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (LookupQuery query : asked) {
      shortest = Math.min(shortest, query.shortest());
      longest = Math.max(longest, query.longest());
    }
    return stored.fingerprints(ids, shortest, longest, CHUNK_BYTES);
  }

  private List<Long> candidates(LookupQuery query) throws IOException {
    Optional<List<Long>> ids = candidates.of(QueryExtractor.extract(query.fingerprint()));
    if (ids.isEmpty()) {
      cutOff.increment();
    }
    return ids.orElse(List.of());
  }

  private List<LookupMatch> bestOfTracks(List<LookupMatch> ranked) {
    Map<Long, LookupMatch> best = new LinkedHashMap<>();
    for (LookupMatch each : ranked.subList(0, Math.min(config.fingerprints(), ranked.size()))) {
      best.putIfAbsent(each.track(), each);
    }
    return List.copyOf(best.values());
  }

  /** What was done so far. */
  public LookupStats stats() {
    return new LookupStats(
        lookups.sum(), queries.sum(), found.sum(), cutOff.sum(), ranking.compared());
  }
}
