package org.incipit.server.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.lookup.LookupQuery;
import org.incipit.server.lookup.Ranking;

/**
 * What a batch needs of the tracks that it matches: all of their fingerprints, fetched at once.
 * Where that is more than a chunk, the others are read when they are asked about, each time, and
 * none of them is kept. Of one thread.
 */
final class StoredMembers implements Members {
  private final ImportSource source;
  private final Ranking ranking;
  private final Map<Long, List<Long>> ids;
  private final Map<Long, StoredFingerprint> kept;
  private final boolean areAllKept;

  private StoredMembers(
      ImportSource source, Ranking ranking, Map<Long, List<Long>> ids, FingerprintChunks chunks)
      throws IOException {
    this.source = source;
    this.ranking = ranking;
    this.ids = ids;
    kept = chunks.hasNext() ? chunks.next() : Map.of();
    areAllKept = !chunks.hasNext();
  }

  /** Those of these tracks. */
  static StoredMembers of(ImportSource source, Ranking ranking, Set<Long> tracks)
      throws IOException {
    Map<Long, List<Long>> ids = tracks.isEmpty() ? Map.of() : source.fingerprintIds(tracks);
    List<Long> all = ids.values().stream().flatMap(List::stream).toList();
    return new StoredMembers(source, ranking, ids, everything(source, all));
  }

  private static FingerprintChunks everything(ImportSource source, Collection<Long> ids) {
    return source.fingerprints(ids, 0, Integer.MAX_VALUE);
  }

  @Override
  public boolean areAllLike(LookupQuery query, long track) throws IOException {
    List<StoredFingerprint> there = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    for (Long id : ids.getOrDefault(track, List.of())) {
      StoredFingerprint member = kept.get(id);
      if (member != null) {
        there.add(member);
      } else if (!areAllKept) {
        others.add(id);
      }
    }
    if (!ranking.areAllLike(query, there, Decider.GROUP_SCORE)) {
      return false;
    }
    FingerprintChunks chunks = everything(source, others);
    while (chunks.hasNext()) {
      if (!ranking.areAllLike(query, chunks.next().values(), Decider.GROUP_SCORE)) {
        return false;
      }
    }
    return true;
  }
}
