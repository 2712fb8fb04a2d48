package org.incipit.server.index.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchAllocationTest {
  private static final int DOCUMENTS = 1000;

  /** Headers of the result, its two arrays, and the search itself. */
  private static final long FIXED_BYTES = 160;

  @TempDir private Path folder;

  private static Run run(long commit, int from) {
    SplittableRandom random = new SplittableRandom(commit);
    long[] postings = new long[DOCUMENTS * 20];
    int[] ids = new int[DOCUMENTS];
    for (int i = 0; i < postings.length; i++) {
      ids[i / 20] = from + i / 20;
      postings[i] = Posting.of(random.nextInt(i % 20 == 0 ? 2 : 30_000) << 4, from + i / 20);
    }
    int size = PostingSort.sort(postings, postings.length, new long[postings.length]);
    return new Run(postings, size, ids, new BitSet(), new CommitRange(commit, commit, commit));
  }

  @Test
  void aSearchAllocatesOnlyItsResult() throws Exception {
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i < 4; i++) {
      Path file = folder.resolve("s" + i);
      List<Run> one = List.of(run(i, i * DOCUMENTS));
      PartMerger.toFile(FileDisk.INSTANCE, file, one, true, Pace.FREE);
      parts.add(Segment.open(FileDisk.INSTANCE, file, Segment.Residence.MAPPED));
    }
    parts.add(run(4, 4 * DOCUMENTS));
    parts.add(run(5, 5 * DOCUMENTS));
    SplittableRandom random = new SplittableRandom(1);
    Query[] queries = new Query[500];
    for (int i = 0; i < queries.length; i++) {
      int[] hashes = new int[120];
      for (int j = 1; j < hashes.length; j++) {
        hashes[j] = random.nextInt(30_000) << 4;
      }
      queries[i] = Query.of(hashes).withMinScore(1 + i % 4);
    }
    Scratch scratch = new Scratch(4096);
    BooleanSupplier never = () -> false;
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round < 20; round++) {
      for (Query query : queries) {
        Searcher.search(parts, query, scratch, never);
      }
    }
    for (Query query : queries) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Hits hits = Searcher.search(parts, query, scratch, never);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(
          bytes <= FIXED_BYTES + 8L * hits.size(), bytes + " bytes, " + hits.size() + " hits");
    }
    ((Segment) parts.get(0)).close();
    ((Segment) parts.get(1)).close();
    ((Segment) parts.get(2)).close();
  }
}
