package org.incipit.server.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries with hashes that are in very many documents. */
class LongListsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int DOCUMENTS = 30_000;
  private static final int HOT = 12;
  private static final int COLD = 5000;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int[][] documents = new int[DOCUMENTS][];
  private final List<Part> parts = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void buildASegmentAndTwoRuns() throws Exception {
    Run first = run(1, 0, DOCUMENTS);
    PartMerger.toFile(FileDisk.INSTANCE, folder.resolve("a"), List.of(first), true, Pace.FREE);
    parts.add(Segment.open(FileDisk.INSTANCE, folder.resolve("a"), Segment.Residence.MAPPED));
    parts.add(run(2, 1000, 9000));
    parts.add(run(3, 5000, 6000));
  }

  @AfterEach
  void closeTheSegment() {
    ((Segment) parts.getFirst()).close();
  }

  private static int id(int document) {
    // The ids cross 2^31 and are not dense.
    return 0x7FFF_0000 + 3 * document;
  }

  private static int hot(int number) {
    return 0x7000_0000 + 0x1000_0000 * number;
  }

  private int[] hashes() {
    int[] hashes = new int[20 + HOT];
    int count = 0;
    for (int i = 0; i < HOT; i++) {
      if (random.nextInt(HOT) <= i) {
        hashes[count++] = hot(i);
      }
    }
    for (int i = random.nextInt(20); i > 0; i--) {
      hashes[count++] = 16 * random.nextInt(COLD);
    }
    return java.util.Arrays.stream(hashes, 0, count).distinct().toArray();
  }

  private Run run(long commit, int from, int to) {
    int[] ids = new int[to - from];
    List<Long> postings = new ArrayList<>();
    for (int i = from; i < to; i++) {
      documents[i] = hashes();
      ids[i - from] = id(i);
      for (int hash : documents[i]) {
        postings.add(Posting.of(hash, id(i)));
      }
    }
    long[] sorted = postings.stream().mapToLong(Long::longValue).toArray();
    int size = PostingSort.sort(sorted, sorted.length, new long[sorted.length]);
    return new Run(sorted, size, ids, new BitSet(), new CommitRange(commit, commit, commit));
  }

  /** Score and id of the hits, best first, from looking at all documents. */
  private List<String> expected(int[] query, int limit, int minScore, int percent) {
    BitSet cold = new BitSet();
    BitSet hot = new BitSet();
    for (int hash : query) {
      if (hash >= 0 && hash < 16 * COLD) {
        cold.set(hash);
      } else {
        hot.set(hash >>> 28);
      }
    }
    TreeMap<Integer, List<Integer>> byScore = new TreeMap<>(Collections.reverseOrder());
    for (int i = 0; i < DOCUMENTS; i++) {
      int score = 0;
      for (int hash : documents[i]) {
        boolean isCold = hash >= 0 && hash < 16 * COLD;
        score += (isCold ? cold.get(hash) : hot.get(hash >>> 28)) ? 1 : 0;
      }
      if (score >= minScore) {
        byScore.computeIfAbsent(score, key -> new ArrayList<>()).add(i);
      }
    }
    List<String> hits = new ArrayList<>();
    long best = byScore.isEmpty() ? 0 : byScore.firstKey();
    byScore.forEach((score, found) -> {
      for (int document : found) {
        if (hits.size() < limit && score >= (50 + best * percent) / 100) {
          hits.add(score + " " + Integer.toUnsignedString(id(document)));
        }
      }
    });
    return hits;
  }

  @Test
  void whatIsNotReadIsNotMissed() {
    for (Scratch scratch : List.of(new Scratch(), new Scratch(3000), new Scratch(100))) {
      for (int i = 0; i < 150; i++) {
        int[] query = hashes();
        if (i % 3 == 0) {
          query = java.util.Arrays.stream(query).filter(hash -> hash >>> 28 >= 7).toArray();
        }
        int limit = 1 + random.nextInt(i % 2 == 0 ? 10 : 600);
        int minScore = 1 + random.nextInt(8);
        int percent = random.nextInt(101);
        Query asked =
            Query.of(query).withLimit(limit).withMinScore(minScore).withScorePercent(percent);
        Hits hits = Searcher.search(parts, asked, scratch, () -> false);
        List<String> found = new ArrayList<>();
        for (int j = 0; j < hits.size(); j++) {
          found.add(hits.score(j) + " " + Integer.toUnsignedString(hits.id(j)));
        }
        String what = "seed " + SEED + ", query " + i + ", limit " + limit + ", least " + minScore;
        assertEquals(expected(query, limit, minScore, percent), found, what);
      }
    }
  }

  @Test
  void aSearchThatIsGivenUpSaysSo() {
    Hits hits = Searcher.search(parts, Query.of(hot(0), hot(1)), new Scratch(), () -> true);
    assertFalse(hits.isComplete());
    assertEquals(0, hits.size());
  }
}
