package org.incipit.server.acoustid.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.Interruption;

/** Asks for the states of submissions until all are decided. One thread. */
public final class SubmissionWait {
  private static final int AT_ONCE = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Source source;
  private final Duration longest;
  private final Map<Long, SubmissionState> latest = new HashMap<>();

  /** Where states come from. */
  @FunctionalInterface
  public interface Source {
    List<SubmissionState> status(List<Long> ids) throws IOException;
  }

  /**
   * Of a service.
   *
   * @param longestSeconds of a wait
   */
  public SubmissionWait(Source source, int longestSeconds) {
    this.source = source;
    longest = Duration.ofSeconds(longestSeconds);
  }

  /** Waits until none of them is pending, or the time is over. */
  public void await(List<SubmissionState> submissions) throws IOException {
    List<Long> pending =
        submissions.stream().filter(SubmissionState::isPending).map(SubmissionState::id).toList();
    Deadline deadline = Deadline.after(longest);
    Duration pause = FIRST_PAUSE;
    while (true) {
      pending = stillPending(pending);
      if (pending.isEmpty() || deadline.remaining().compareTo(pause) <= 0) {
        return;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw Interruption.of("waiting for submissions", e);
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private List<Long> stillPending(List<Long> ids) throws IOException {
    List<Long> pending = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      for (SubmissionState state :
          source.status(ids.subList(from, Math.min(from + AT_ONCE, ids.size())))) {
        latest.put(state.id(), state);
        if (state.isPending()) {
          pending.add(state.id());
        }
      }
    }
    return pending;
  }

  /** What is known of a submission now. */
  public SubmissionState latest(SubmissionState submission) {
    return latest.getOrDefault(submission.id(), submission);
  }
}
