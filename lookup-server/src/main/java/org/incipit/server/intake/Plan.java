package org.incipit.server.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.lookup.Ranking;
import org.incipit.server.lookup.Scored;

/** The decisions about a batch, made one after the other; each knows those before. */
final class Plan {
  private final Ranking ranking;
  private final Map<Long, List<StoredFingerprint>> tracks = new HashMap<>();
  private final Map<Long, StoredFingerprint> made = new HashMap<>();
  private final TermIds termsOfMade = new TermIds();
  private final List<Decision> decisions = new ArrayList<>();
  private long lastFingerprint;
  private long lastTrack;

  /**
   * Nothing decided.
   *
   * @param tracks all that questions can match, with all of their fingerprints
   */
  Plan(FeedHead head, Ranking ranking, Map<Long, List<StoredFingerprint>> tracks) {
    this.ranking = ranking;
    tracks.forEach((track, members) -> this.tracks.put(track, new ArrayList<>(members)));
    lastFingerprint = head.lastFingerprint();
    lastTrack = head.lastTrack();
  }

  /** In the order of the questions. */
  List<Decision> decisions() {
    return decisions;
  }

  /** Decides the next one. */
  void decide(Question question) {
    Optional<String> refusal = question.refusal();
    if (refusal.isPresent()) {
      decisions.add(new Decision.Rejected(question.submission(), refusal.get()));
      return;
    }
    Set<Long> tried = new HashSet<>();
    for (Scored match : matches(question)) {
      long track = match.fingerprint().track();
      if (tried.add(track) && isLikeAllOf(track, question)) {
        assign(question, match);
        return;
      }
    }
    found(question);
  }

  private List<Scored> matches(Question question) {
    List<StoredFingerprint> candidates =
        termsOfMade.sharing(question.terms()).stream().map(made::get).toList();
    List<Scored> matches = new ArrayList<>(question.matches());
    matches.addAll(ranking.rank(question.query(), candidates, Decider.TRACK_SCORE));
    matches.sort(Scored.BEST_FIRST);
    return matches;
  }

  private boolean isLikeAllOf(long track, Question question) {
    List<StoredFingerprint> all = tracks.getOrDefault(track, List.of());
    double below = Math.nextDown(Decider.GROUP_SCORE);
    return ranking.rank(question.query(), all, below).size() == all.size();
  }

  private void assign(Question question, Scored match) {
    StoredFingerprint like = match.fingerprint();
    if (match.score() > Decider.FINGERPRINT_SCORE) {
      decisions.add(new Decision.Counted(question.submission(), like.id(), like.track()));
    } else {
      long id = store(question, like.track(), like.trackGid());
      decisions.add(new Decision.Added(question.submission(), id, like.track()));
    }
  }

  private void found(Question question) {
    long track = ++lastTrack;
    UUID gid = UUID.randomUUID();
    long id = store(question, track, gid);
    decisions.add(new Decision.Founded(question.submission(), id, track, gid));
  }

  private long store(Question question, long track, UUID gid) {
    long id = ++lastFingerprint;
    NewSubmission content = question.submission().content();
    StoredFingerprint fingerprint =
        new StoredFingerprint(id, track, gid, content.duration(), content.fingerprint());
    made.put(id, fingerprint);
    termsOfMade.add(id, question.terms());
    tracks.computeIfAbsent(track, none -> new ArrayList<>()).add(fingerprint);
    return id;
  }
}
