package org.incipit.server.intake;

import java.io.IOException;
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
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.Ranking;

/** The decisions about a batch, made one after the other; each knows those before. */
final class Plan {
  private final Ranking ranking;
  private final Members members;
  private final Map<Long, List<StoredFingerprint>> newMembers = new HashMap<>();
  private final Map<Long, StoredFingerprint> made = new HashMap<>();
  private final TermIds termsOfMade = new TermIds();
  private final List<Decision> decisions = new ArrayList<>();
  private long lastFingerprint;
  private long lastTrack;

  /**
   * Nothing decided.
   *
   * @param members of all tracks that questions can match
   */
  Plan(FeedHead head, Ranking ranking, Members members) {
    this.ranking = ranking;
    this.members = members;
    lastFingerprint = head.lastFingerprint();
    lastTrack = head.lastTrack();
  }

  /** In the order of the questions. */
  List<Decision> decisions() {
    return decisions;
  }

  /** Decides the next one. */
  void decide(Question question) throws IOException {
    Optional<String> refusal = question.refusal();
    if (refusal.isPresent()) {
      decisions.add(new Decision.Rejected(question.submission(), refusal.get()));
      return;
    }
    Set<Long> tried = new HashSet<>();
    for (LookupMatch match : matches(question)) {
      long track = match.track();
      if (tried.add(track) && isLikeAllOf(track, question)) {
        assign(question, match);
        return;
      }
    }
    found(question);
  }

  private List<LookupMatch> matches(Question question) {
    List<StoredFingerprint> candidates =
        termsOfMade.sharing(question.terms()).stream().map(made::get).toList();
    List<LookupMatch> matches = new ArrayList<>(question.matches());
    matches.addAll(ranking.rank(question.query(), candidates, Decider.TRACK_SCORE));
    matches.sort(LookupMatch.BEST_FIRST);
    return matches;
  }

  private boolean isLikeAllOf(long track, Question question) throws IOException {
    List<StoredFingerprint> added = newMembers.getOrDefault(track, List.of());
    return ranking.areAllLike(question.query(), added, Decider.GROUP_SCORE)
        && members.areAllLike(question, track);
  }

  private void assign(Question question, LookupMatch match) {
    if (match.score() > Decider.FINGERPRINT_SCORE) {
      decisions.add(
          new Decision.Counted(question.submission(), match.fingerprint(), match.track()));
    } else {
      long id = store(question, match.track(), match.gid());
      decisions.add(new Decision.Added(question.submission(), id, match.track()));
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
    newMembers.computeIfAbsent(track, none -> new ArrayList<>()).add(fingerprint);
    return id;
  }
}
