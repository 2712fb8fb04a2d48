package org.incipit.server.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Run;
import org.junit.jupiter.api.Test;

/** Long lists that are not read, but asked about one document after the other. */
class AskedListsTest {
  private static final int DOCUMENTS = 20_000;
  private static final int RARE = 200;

  private int looks;

  /**
   * Documents with those of the hot hashes that {@code has} says; one in so many also has a rare
   * one.
   */
  private static Run run(int hot, LongPredicate has, int oneIn) {
    long[] postings = new long[DOCUMENTS * (hot + 1)];
    int count = 0;
    for (int id = 1; id <= DOCUMENTS; id++) {
      for (int hash = 0; hash < hot; hash++) {
        if (has.test((long) hash << 32 | id)) {
          postings[count++] = Posting.of(hash, id);
        }
      }
      if (id % oneIn == 0) {
        postings[count++] = Posting.of(hot + id / oneIn % RARE, id);
      }
    }
    int size = PostingSort.sort(postings, count, new long[count]);
    int[] ids = IntStream.rangeClosed(1, DOCUMENTS).toArray();
    return new Run(postings, size, ids, new BitSet(), new CommitRange(1, 1, 1));
  }

  private static Query query(int hot, int minScore) {
    int[] hashes = new int[hot + RARE];
    Arrays.setAll(hashes, i -> i);
    return Query.of(hashes).withLimit(10).withMinScore(minScore).withScorePercent(0);
  }

  private Hits search(Run run, Query query, int mostLooks) {
    looks = 0;
    return Searcher.search(List.of(run), query, new Scratch(), () -> ++looks > mostLooks);
  }

  @Test
  void aSearchLooksAtTheClockWhileItAsks() {
    Run run = run(40, posting -> posting * 0x9E3779B97F4A7C15L < 0, 5);
    Query query = query(40, 41);
    assertTrue(search(run, query, Integer.MAX_VALUE).isComplete());
    int all = looks;
    assertTrue(all > 5, all + " looks");
    for (int most = 0; most < all; most++) {
      assertFalse(search(run, query, most).isComplete());
      assertEquals(most + 1, looks);
    }
  }

  @Test
  void listsThatMostDocumentsAreInAreReadAndNotAskedOneByOne() {
    int hot = 300;
    Run run = run(hot, posting -> true, 1);
    Hits hits = search(run, query(hot, hot + 1), Integer.MAX_VALUE);
    assertEquals(10, hits.size());
    assertEquals(hot + 1, hits.score(9));
    // To ask all of the lists about all documents would be six million times.
    assertTrue(looks < 200, looks + " looks");
  }
}
