package org.incipit.server.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.Ranking;

/**
 * What a batch needs of the tracks that it matches: all of their fingerprints, fetched at once.
 * Where that is more than a chunk, the others of a track are read when it is asked about first,
 * compared with all questions that match it, and not kept. Of one thread.
 */
final class StoredMembers implements Members {
  private final ImportSource source;
  private final Ranking ranking;

  /** By the track that they match. */
  private final Map<Long, Set<Question>> questions;

  private final Map<Long, List<Long>> ids;
  private final Map<Long, StoredFingerprint> kept;
  private final boolean areAllKept;

  /** By track, of which not all is kept: the questions that all of it is like. */
  private final Map<Long, Set<Question>> like = new HashMap<>();

  private StoredMembers(
      ImportSource source,
      Ranking ranking,
      Map<Long, Set<Question>> questions,
      Map<Long, List<Long>> ids,
      FingerprintChunks chunks)
      throws IOException {
    this.source = source;
    this.ranking = ranking;
    this.questions = questions;
    this.ids = ids;
    kept = chunks.hasNext() ? chunks.next() : Map.of();
    areAllKept = !chunks.hasNext();
  }

  /** Those of all tracks that these match. */
  static StoredMembers of(ImportSource source, Ranking ranking, List<Question> questions)
      throws IOException {
    Map<Long, Set<Question>> byTrack = new HashMap<>();
    for (Question question : questions) {
      for (LookupMatch match : question.matches()) {
        byTrack.computeIfAbsent(match.track(), track -> new HashSet<>()).add(question);
      }
    }
    Map<Long, List<Long>> ids =
        byTrack.isEmpty() ? Map.of() : source.fingerprintIds(byTrack.keySet());
    List<Long> all = ids.values().stream().flatMap(List::stream).toList();
    return new StoredMembers(source, ranking, byTrack, ids, everything(source, all));
  }

  private static FingerprintChunks everything(ImportSource source, Collection<Long> ids) {
    return source.fingerprints(ids, 0, Integer.MAX_VALUE);
  }

  @Override
  public boolean areAllLike(Question question, long track) throws IOException {
    Set<Question> known = like.get(track);
    if (known != null) {
      return known.contains(question);
    }
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
    if (others.isEmpty()) {
      return areLike(question, there);
    }
    Set<Question> left = questions(track, there, others);
    like.put(track, left);
    return left.contains(question);
  }

  /** Those that match a track and that all of it is like: what is kept, and others that are not. */
  private Set<Question> questions(long track, List<StoredFingerprint> there, List<Long> others)
      throws IOException {
    Set<Question> left = new HashSet<>(questions.getOrDefault(track, Set.of()));
    left.removeIf(each -> !areLike(each, there));
    FingerprintChunks chunks = everything(source, others);
    while (chunks.hasNext() && !left.isEmpty()) {
      Collection<StoredFingerprint> chunk = chunks.next().values();
      left.removeIf(each -> !areLike(each, chunk));
    }
    return left;
  }

  private boolean areLike(Question question, Collection<StoredFingerprint> members) {
    return ranking.areAllLike(question.query(), members, Decider.GROUP_SCORE);
  }
}
