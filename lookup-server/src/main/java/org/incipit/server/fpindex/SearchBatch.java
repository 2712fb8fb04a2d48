package org.incipit.server.fpindex;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several searches of a request: which come next, and what the others have found. One thread. */
final class SearchBatch {
  /** Of all searches together. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private final List<SearchRequest> requests;
  private final List<Answer> answers;
  private final long end = System.nanoTime() + MOST.toNanos();

  SearchBatch(BatchSearchRequest batch) {
    requests = batch.queries();
    answers = new ArrayList<>(requests.size());
  }

  boolean isDone() {
    return answers.size() == requests.size();
  }

  /** Whether the time for all is over. */
  boolean isLate(long now) {
    return now - end >= 0;
  }

  /** The first that has no answer, its time-out in what is left for all. */
  SearchRequest next(long now) {
    SearchRequest request = requests.get(answers.size());
    Duration left = Duration.ofNanos(Math.max(1, end - now));
    Duration own = request.timeout();
    boolean earlier = own.isPositive() && own.compareTo(left) < 0;
    return new SearchRequest(request.query(), earlier ? own : left, request.scorePercent());
  }

  /** The answer to that. */
  void add(Answer answer) {
    answers.add(answer);
  }

  /** The whole answer. */
  Answer answer() {
    return new Answer.FoundAll(answers);
  }
}
