package org.incipit.server.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries with very many hashes. */
class WideQueryTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int DOCUMENTS = 4000;
  private static final int EACH = 40;
  private static final int HASHES = 60_000;

  /** One for all: the first use of each lambda allocates. */
  private static final BooleanSupplier NEVER = () -> false;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int[] ids = new int[DOCUMENTS];
  private final int[][] documents = new int[DOCUMENTS][EACH];
  private final List<Part> parts = new ArrayList<>();

  @TempDir private Path folder;

  /** Half of the ids are dense, half are anywhere. */
  @BeforeEach
  void buildASegmentAndARun() throws Exception {
    for (int i = 0; i < DOCUMENTS; i++) {
      ids[i] = i < DOCUMENTS / 2 ? 0x7FFF_F000 + 2 * i : random.nextInt() | 1;
      Arrays.setAll(documents[i], j -> random.nextInt(HASHES) << 4);
    }
    Integer[] sorted = Arrays.stream(ids).distinct().boxed().toArray(Integer[]::new);
    assertEquals(DOCUMENTS, sorted.length, "seed " + SEED);
    Path file = folder.resolve("segment");
    Run all = run(1, 0, DOCUMENTS);
    PartMerger.toFile(FileDisk.INSTANCE, file, List.of(all), true, Pace.FREE);
    parts.add(Segment.open(FileDisk.INSTANCE, file, Segment.Residence.MAPPED));
    for (int i = 1500; i < 2500; i++) {
      Arrays.setAll(documents[i], j -> random.nextInt(HASHES) << 4);
    }
    parts.add(run(2, 1500, 2500));
  }

  @AfterEach
  void closeTheSegment() {
    ((Segment) parts.getFirst()).close();
  }

  private Run run(long commit, int from, int to) {
    int[] mentioned = Arrays.copyOfRange(ids, from, to);
    long[] postings = new long[(to - from) * EACH];
    int[] order =
        java.util.stream.IntStream.range(from, to)
            .boxed()
            .sorted((a, b) -> Integer.compareUnsigned(ids[a], ids[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = 0;
    for (int document : order) {
      mentioned[count / EACH] = ids[document];
      for (int hash : documents[document]) {
        postings[count++] = Posting.of(hash, ids[document]);
      }
    }
    int size = PostingSort.sort(postings, count, new long[count]);
    return new Run(
        postings, size, mentioned, new BitSet(), new CommitRange(commit, commit, commit));
  }

  private Query query(int hashes, int minScore) {
    int[] query = random.ints(hashes, 0, HASHES).map(hash -> hash << 4).toArray();
    return Query.of(query).withLimit(500).withMinScore(minScore).withScorePercent(0);
  }

  private List<String> expected(Query query) {
    BitSet asked = new BitSet();
    for (int hash : query.hashes()) {
      asked.set(hash >>> 4);
    }
    List<long[]> found = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      long score =
          Arrays.stream(documents[i]).distinct().filter(hash -> asked.get(hash >>> 4)).count();
      if (score >= query.minScore()) {
        found.add(new long[] {score, Integer.toUnsignedLong(ids[i])});
      }
    }
    found.sort((a, b) -> a[0] != b[0] ? Long.compare(b[0], a[0]) : Long.compare(a[1], b[1]));
    return found.stream().limit(query.limit()).map(hit -> hit[0] + " " + hit[1]).toList();
  }

  private static List<String> strings(Hits hits) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      strings.add(hits.score(i) + " " + Integer.toUnsignedString(hits.id(i)));
    }
    return strings;
  }

  @Test
  void anyNumberOfHashesFindsWhatComparingAllDocumentsFinds() {
    for (Scratch scratch : List.of(new Scratch(), new Scratch(5000), new Scratch(200))) {
      for (int hashes : new int[] {300, 5000, 50_000, Query.MAX_HASHES}) {
        if (scratch.ids.length == 200 && hashes > 300) {
          break;
        }
        for (int minScore : new int[] {1, 3, 30}) {
          Query query = query(hashes, minScore);
          Hits hits = Searcher.search(parts, query, scratch, NEVER);
          assertEquals(
              expected(query), strings(hits), "seed " + SEED + ", " + hashes + ", " + minScore);
        }
      }
    }
  }

  @Test
  void aWideSearchAllocatesOnlyItsResult() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Scratch scratch = new Scratch(2000);
    Query[] queries = new Query[20];
    Arrays.setAll(queries, i -> query(3000, 2 + i % 4));
    for (int round = 0; round < 25; round++) {
      for (Query query : queries) {
        Searcher.search(parts, query, scratch, NEVER);
      }
    }
    for (Query query : queries) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Hits hits = Searcher.search(parts, query, scratch, NEVER);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(bytes <= 200 + 8L * hits.size(), bytes + " bytes, " + hits.size() + " hits");
    }
  }

  @Test
  void theMostHitsThatCanBeAskedForCostOnlyThoseThatAreThere() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Scratch scratch = new Scratch();
    Query query = Query.of(documents[0]).withMinScore(20).withLimit(Query.MAX_LIMIT);
    for (int round = 0; round < 20_000; round++) {
      Searcher.search(parts, query, scratch, NEVER);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    Hits hits = Searcher.search(parts, query, scratch, NEVER);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(1, hits.size());
    assertTrue(bytes <= 200, bytes + " bytes");
  }

  @Test
  void aSearchWithinABoundIsTheSameOrIsNotMade() {
    Scratch scratch = new Scratch();
    Query query = query(1000, 1);
    Hits hits = Searcher.search(parts, query, scratch, NEVER);
    long enough = 1L << 40;
    assertEquals(
        strings(hits), strings(Searcher.searchWithin(parts, query, scratch, enough).orElseThrow()));
    long least = 0;
    long most = enough;
    while (least < most) {
      long middle = (least + most) >>> 1;
      if (Searcher.searchWithin(parts, query, scratch, middle).isPresent()) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    // Each list and part counts for 256 at least; the segment's lists begin in shared blocks.
    assertTrue(most >= 2L * 256 * query.size(), most + " for " + query.size());
    assertTrue(most <= 3L * 256 * query.size(), most + " for " + query.size());
    assertFalse(Searcher.searchWithin(parts, query, scratch, most - 1).isPresent());
    assertEquals(
        strings(hits), strings(Searcher.searchWithin(parts, query, scratch, most).orElseThrow()));
  }
}
