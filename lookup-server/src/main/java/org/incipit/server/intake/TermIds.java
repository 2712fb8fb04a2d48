package org.incipit.server.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which few fingerprints have a term: an index of what no index has yet. Of one thread. */
final class TermIds {
  private final Map<Integer, List<Long>> ids = new HashMap<>();

  void add(long id, int... terms) {
    for (int term : terms) {
      ids.computeIfAbsent(term, none -> new ArrayList<>(1)).add(id);
    }
  }

  /** Those that share at least a term. */
  Collection<Long> sharing(int... terms) {
    LinkedHashSet<Long> found = new LinkedHashSet<>();
    for (int term : terms) {
      found.addAll(ids.getOrDefault(term, List.of()));
    }
    return found;
  }
}
