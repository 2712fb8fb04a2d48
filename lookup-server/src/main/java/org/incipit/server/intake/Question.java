package org.incipit.server.intake;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.LookupQuery;

/** Which track a submission belongs to, and what is known of that so far. Of one thread. */
final class Question {
  private final Submission submission;
  private final int[] terms;
  private final Optional<String> refusal;
  private Set<Long> candidates = Set.of();
  private List<LookupMatch> matches = List.of();

  Question(Submission submission) {
    this.submission = submission;
    terms = QueryExtractor.extract(submission.content().fingerprint());
    refusal =
        submission.damage() == null
            ? Refusals.of(submission.content(), terms.length)
            : Optional.of(Refusals.DAMAGED);
  }

  Submission submission() {
    return submission;
  }

  /** Not to be changed. */
  int[] terms() {
    return terms;
  }

  /** Why it is not to be answered at all. */
  Optional<String> refusal() {
    return refusal;
  }

  LookupQuery query() {
    NewSubmission content = submission.content();
    return new LookupQuery(
        content.fingerprint(), content.duration(), LookupQuery.DEFAULT_DURATION_DIFF);
  }

  /** The ids of stored fingerprints that it may be like. */
  Set<Long> candidates() {
    return candidates;
  }

  void candidates(Set<Long> ids) {
    candidates = ids;
  }

  /** Those of them that it is like, best first. */
  List<LookupMatch> matches() {
    return matches;
  }

  void matches(List<LookupMatch> best) {
    matches = best;
  }
}
