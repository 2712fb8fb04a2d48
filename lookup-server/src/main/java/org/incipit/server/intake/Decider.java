package org.incipit.server.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incipit.fingerprint.match.ScoreSlope;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.catalog.Submission;
import org.incipit.server.lookup.Candidates;
import org.incipit.server.lookup.Contenders;
import org.incipit.server.lookup.LookupQuery;
import org.incipit.server.lookup.Ranking;

/**
 * Finds out which tracks submissions belong to, by AcoustID's rules. What all of a batch need of
 * the catalogue is fetched before, so that it is asked a few times for all; but no more than a
 * chunk is in memory at a time. Of one thread.
 */
final class Decider {
  /** What scores more may be the same track. */
  static final double TRACK_SCORE = 0.75;

  /** What scores more is as good as the same fingerprint. */
  static final double FINGERPRINT_SCORE = 0.9;

  /** What each fingerprint of the track scores at least. */
  static final double GROUP_SCORE = 0.4;

  /**
   * Seconds by which questions may differ whose candidates are fetched together: most candidates
   * are of other durations, and those cost nothing if the database leaves them out.
   */
  private static final int SPAN = 16;

  private final ImportSource source;
  private final Candidates candidates;
  private final Unindexed unindexed;
  private final Ranking ranking = new Ranking(ScoreSlope.COMPARE2);

  Decider(ImportSource source, Candidates candidates) {
    this.source = source;
    this.candidates = candidates;
    unindexed = new Unindexed(source);
  }

  /**
   * Decides about submissions in their order; what is decided first is known to those behind.
   *
   * @param index where the index is
   * @param head of the catalogue. Both were asked for before this
   */
  List<Decision> decide(Place index, FeedHead head, List<Submission> submissions)
      throws IOException {
    unindexed.follow(index, head.position());
    List<Question> questions = submissions.stream().map(Question::new).toList();
    findMatches(questions);
    Plan plan = new Plan(head, ranking, StoredMembers.of(source, ranking, questions));
    for (Question question : questions) {
      plan.decide(question);
    }
    return plan.decisions();
  }

  private void findMatches(List<Question> questions) throws IOException {
    List<Question> asked = new ArrayList<>();
    for (Question question : questions) {
      if (question.refusal().isEmpty()) {
        question.candidates(candidates(question));
        asked.add(question);
      }
    }
    asked.sort(Comparator.comparingInt(question -> question.query().duration()));
    int from = 0;
    for (int to = 1; to <= asked.size(); to++) {
      if (to == asked.size() || duration(asked, to) - duration(asked, from) > SPAN) {
        findMatchesOfAboutOneDuration(asked.subList(from, to));
        from = to;
      }
    }
  }

  private static int duration(List<Question> questions, int index) {
    return questions.get(index).query().duration();
  }

  private void findMatchesOfAboutOneDuration(List<Question> questions) throws IOException {
    Set<Long> all = new HashSet<>();
    questions.forEach(question -> all.addAll(question.candidates()));
    if (all.isEmpty()) {
      return;
    }
    int diff = LookupQuery.DEFAULT_DURATION_DIFF;
    FingerprintChunks chunks =
        source.fingerprints(
            all, duration(questions, 0) - diff, duration(questions, questions.size() - 1) + diff);
    List<Contenders> contenders =
        questions.stream()
            .map(it -> new Contenders(ranking, it.query(), it.candidates(), TRACK_SCORE))
            .toList();
    while (chunks.hasNext()) {
      Map<Long, StoredFingerprint> chunk = chunks.next();
      contenders.forEach(each -> each.compare(chunk));
    }
    for (int i = 0; i < questions.size(); i++) {
      questions.get(i).matches(contenders.get(i).bestFirst());
    }
  }

  private Set<Long> candidates(Question question) throws IOException {
    Set<Long> ids =
        new LinkedHashSet<>(
            candidates
                .of(question.terms())
                .orElseThrow(() -> new IOException("a search took too long")));
    ids.addAll(unindexed.sharing(question.terms()));
    return ids;
  }
}
