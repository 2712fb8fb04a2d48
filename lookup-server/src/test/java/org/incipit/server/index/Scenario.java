package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.segment.Segment;

/**
 * A row of batches, each with the version it leads to, so that the version of an index tells which
 * of them it must hold: the first so many, whole, and nothing else.
 */
final class Scenario {
  private static final int[] FIRST_IDS = {1, Integer.MAX_VALUE - 150, -400};
  private static final int REGION_IDS = 300;

  private final List<Batch> batches = new ArrayList<>();
  private final List<Long> versions = new ArrayList<>(List.of(0L));
  private final Map<Integer, BruteForce> expected = new HashMap<>();
  private final RandomDocuments documents;
  private final IndexConfig config;

  Scenario(SplittableRandom random, int length) {
    documents = new RandomDocuments(random);
    for (int i = 0; i < length; i++) {
      batches.add(documents.batch());
      versions.add(versions.getLast() + (random.nextInt(6) == 0 ? 1000 : 1));
    }
    config =
        IndexConfig.DEFAULT
            .withCheckpointAge(Duration.ZERO)
            .withCheckpointPostings(200 + random.nextInt(2000))
            .withLogFileBytes(1 << 10 + random.nextInt(5))
            .withResidence(
                random.nextBoolean() ? Segment.Residence.MAPPED : Segment.Residence.LOADED);
  }

  IndexConfig config() {
    return config;
  }

  int length() {
    return batches.size();
  }

  /** Commits the batch that follows the first so many. */
  void update(Index index, int count) throws IOException {
    long version = versions.get(count + 1);
    OptionalLong position =
        version == versions.get(count) + 1 ? OptionalLong.empty() : OptionalLong.of(version);
    assertEquals(
        version, index.update(batches.get(count), OptionalLong.of(versions.get(count)), position));
  }

  /** How many batches an index holds, going by its version. */
  int count(Index index) {
    int count = versions.indexOf(index.info().version());
    assertTrue(count >= 0, () -> "version " + index.info().version());
    return count;
  }

  /** An index must hold the first so many batches and answer as they say. */
  void check(Index index, int count, SplittableRandom random) throws IOException {
    assertEquals(count, count(index));
    Map<String, String> metadata = new HashMap<>();
    batches.subList(0, count).forEach(batch -> metadata.putAll(batch.metadata()));
    assertEquals(metadata, index.info().metadata());
    BruteForce answers = expected.computeIfAbsent(count, this::bruteForce);
    for (int first : FIRST_IDS) {
      for (int id = first; id != first + REGION_IDS; id++) {
        assertEquals(answers.contains(id), index.get(id).isPresent(), "document " + id);
      }
    }
    for (int i = 0; i < 3; i++) {
      int[] hashes = documents.hashes();
      int percent = random.nextInt(30);
      Query query = Query.of(hashes).withLimit(500).withMinScore(1).withScorePercent(percent);
      Hits hits = index.search(query, Duration.ZERO);
      List<BruteForce.Hit> found = new ArrayList<>();
      for (int j = 0; j < hits.size(); j++) {
        found.add(new BruteForce.Hit(Integer.toUnsignedLong(hits.id(j)), hits.score(j)));
      }
      assertEquals(answers.search(hashes, 500, 1, percent), found);
    }
  }

  private BruteForce bruteForce(int count) {
    BruteForce force = new BruteForce();
    batches.subList(0, count).forEach(force::update);
    return force;
  }
}
