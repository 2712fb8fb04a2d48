package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.segment.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index answers as if it looked at every document, whatever happens to it. {@code
 * -Dtests.indexes=N} tries as many, 40 unless told.
 */
class IndexLawsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int INDEXES = Integer.getInteger("tests.indexes", 40);
  private static final int STEPS = 60;

  @TempDir private Path folder;

  @Test
  void everyAnswerIsThatOfBruteForce() throws Exception {
    long queries = 0;
    for (int i = 0; i < INDEXES; i++) {
      long seed = SEED + i;
      try {
        queries += oneIndex(new SplittableRandom(seed), folder.resolve("index" + i));
      } catch (AssertionError | Exception e) {
        throw new AssertionError("-Dtests.seed=" + seed + " -Dtests.indexes=1", e);
      }
    }
    assertTrue(queries > 100L * INDEXES, "only " + queries + " queries");
  }

  private static long oneIndex(SplittableRandom random, Path at) throws Exception {
    IndexConfig config =
        IndexConfig.DEFAULT
            .withCheckpointPostings(1 + random.nextInt(5000))
            .withResidence(
                random.nextBoolean() ? Segment.Residence.MAPPED : Segment.Residence.LOADED);
    RandomDocuments documents = new RandomDocuments(random);
    BruteForce expected = new BruteForce();
    Map<String, String> metadata = new HashMap<>();
    long version = 0;
    long queries = 0;
    Index index = Index.open(at, config);
    try {
      for (int step = 0; step < STEPS; step++) {
        Batch batch = documents.batch();
        assertEquals(++version, index.update(batch));
        expected.update(batch);
        metadata.putAll(batch.metadata());
        switch (random.nextInt(12)) {
          case 0 -> {
            index.close();
            index = Index.open(at, config);
          }
          case 1 -> assertTrue(index.checkpoint(Duration.ofSeconds(20)));
          case 2 -> index.optimize();
          default -> {
            // Maintenance goes on by itself.
          }
        }
        queries += search(random, documents, expected, index);
        assertEquals(version, index.info().version());
        assertEquals(metadata, index.info().metadata());
      }
    } finally {
      index.close();
    }
    assertTrue(Files.list(at).count() < 30, "files are left behind");
    return queries;
  }

  private static int search(
      SplittableRandom random, RandomDocuments documents, BruteForce expected, Index index)
      throws Exception {
    for (int i = 0; i < 5; i++) {
      int id = documents.id();
      assertEquals(expected.contains(id), index.get(id).isPresent(), () -> "document " + id);
      int[] hashes = documents.hashes();
      int limit = 1 + random.nextInt(random.nextBoolean() ? 5 : 500);
      int minScore = random.nextInt(6);
      int percent = random.nextInt(101);
      Query query =
          Query.of(hashes).withLimit(limit).withMinScore(minScore).withScorePercent(percent);
      Hits hits = index.search(query, Duration.ZERO);
      List<BruteForce.Hit> found = new ArrayList<>();
      for (int j = 0; j < hits.size(); j++) {
        found.add(new BruteForce.Hit(Integer.toUnsignedLong(hits.id(j)), hits.score(j)));
      }
      assertEquals(
          expected.search(hashes, limit, minScore, percent),
          found,
          () ->
              hashes.length
                  + " hashes, limit "
                  + limit
                  + ", least "
                  + minScore
                  + ", "
                  + percent
                  + " %");
      assertTrue(hits.isComplete());
    }
    return 5;
  }
}
