package org.incipit.server.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;

/** What an index must answer: every document is looked at. */
final class BruteForce {
  private final Map<Long, Set<Integer>> documents = new TreeMap<>();

  /** A hit: unsigned id and score. */
  record Hit(long id, int score) {}

  void update(Batch batch) {
    for (Change change : batch.changes()) {
      long id = Integer.toUnsignedLong(change.id());
      switch (change) {
        case Change.Insert insert -> {
          Set<Integer> hashes = new HashSet<>();
          for (int hash : insert.hashes()) {
            hashes.add(hash);
          }
          documents.put(id, hashes);
        }
        case Change.Delete delete -> documents.remove(id);
      }
    }
  }

  List<Hit> search(int[] query, int limit, int minScore, int percent) {
    Set<Integer> hashes = new HashSet<>();
    for (int hash : query) {
      hashes.add(hash);
    }
    List<Hit> hits = new ArrayList<>();
    documents.forEach((id, own) -> {
      int score = (int) hashes.stream().filter(own::contains).count();
      if (score >= Math.max(1, minScore)) {
        hits.add(new Hit(id, score));
      }
    });
    hits.sort((a, b) -> a.score != b.score ? b.score - a.score : Long.compareUnsigned(a.id, b.id));
    long best = hits.isEmpty() ? 0 : hits.getFirst().score;
    hits.removeIf(hit -> hit.score < (50 + best * percent) / 100);
    return hits.size() > limit ? hits.subList(0, limit) : hits;
  }

  boolean contains(int id) {
    return documents.containsKey(Integer.toUnsignedLong(id));
  }

  int size() {
    return documents.size();
  }

  /** All documents by ascending id, their hashes ascending, unsigned. */
  Map<Long, List<Long>> documents() {
    Map<Long, List<Long>> all = new TreeMap<>();
    documents.forEach((id, hashes) ->
        all.put(id, hashes.stream().map(Integer::toUnsignedLong).sorted().toList()));
    return all;
  }
}
