package org.incipit.server.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Submissions whose import has failed of late. Each is tried again after pauses, on its own, and
 * others go on meanwhile. Of one thread.
 */
final class Troubles {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

  private record Trouble(int failures, long restsUntil) {}

  private final Map<Long, Trouble> troubles = new HashMap<>();

  int size() {
    return troubles.size();
  }

  boolean has(long submission) {
    return troubles.containsKey(submission);
  }

  /** Whether its pause has not ended. */
  boolean rests(long submission) {
    Trouble trouble = troubles.get(submission);
    return trouble != null && trouble.restsUntil() - System.nanoTime() > 0;
  }

  /** It has failed; whether it is to be tried again. */
  boolean failed(long submission) {
    Trouble before = troubles.getOrDefault(submission, new Trouble(0, 0));
    boolean again = before.failures() < PAUSES.size();
    long pause = again ? PAUSES.get(before.failures()).toNanos() : 0;
    troubles.put(submission, new Trouble(before.failures() + 1, System.nanoTime() + pause));
    return again;
  }

  /** Forgets those that do not wait any more. */
  void retain(Collection<Long> waiting) {
    troubles.keySet().retainAll(waiting);
  }
}
