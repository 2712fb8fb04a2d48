package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.check.StoredIndex;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.segment.LiveContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents come out of an index as they went in, and are counted as they are. */
class DocumentsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int LONGEST = 10;

  @TempDir private Path folder;

  @Test
  void allDocumentsComeOutByAscendingIdHoweverLittleMemoryThereIs() throws Exception {
    for (int i = 0; i < 25; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i);
      String seed = "-Dtests.seed=" + (SEED + i);
      RandomDocuments documents = new RandomDocuments(random);
      BruteForce expected = new BruteForce();
      Path at = folder.resolve("index" + i);
      try (Index index = Index.open(at, IndexConfig.DEFAULT)) {
        for (int step = random.nextInt(50); step > 0; step--) {
          Batch batch = documents.batch();
          index.update(batch);
          expected.update(batch);
          if (random.nextInt(12) == 0) {
            index.checkpoint(Duration.ofSeconds(20));
          }
        }
        for (int atOnce : new int[] {1, 7, 100, 3000, 1 << 20}) {
          Map<Long, List<Long>> found = new LinkedHashMap<>();
          long count = index.documents(atOnce, Contents.into(found));
          assertEquals(expected.documents(), found, seed);
          assertEquals(
              new ArrayList<>(expected.documents().keySet()),
              new ArrayList<>(found.keySet()),
              seed);
          assertEquals(expected.size(), count, seed);
        }
        assertLive(expected, index.figures(LONGEST).live(), seed);
      }
      try (StoredIndex stored = StoredIndex.open(FileDisk.INSTANCE, at)) {
        Map<Long, List<Long>> found = new LinkedHashMap<>();
        stored.documents(1000, Contents.into(found));
        assertEquals(expected.documents(), found, seed);
        assertLive(expected, stored.figures(LONGEST).live(), seed);
      }
    }
  }

  private static void assertLive(BruteForce expected, LiveContent live, String seed) {
    Map<Long, Long> lengths = new HashMap<>();
    expected
        .documents()
        .values()
        .forEach(hashes -> hashes.forEach(hash -> lengths.merge(hash, 1L, Long::sum)));
    assertEquals(expected.size(), live.documents(), seed);
    assertEquals(lengths.size(), live.hashes(), seed);
    assertEquals(lengths.values().stream().mapToLong(Long::longValue).sum(), live.postings(), seed);
    List<Long> longest =
        lengths.values().stream().sorted((a, b) -> Long.compare(b, a)).limit(LONGEST).toList();
    assertEquals(longest, live.longest().stream().map(LiveContent.HashList::length).toList(), seed);
    for (LiveContent.HashList list : live.longest()) {
      assertEquals(lengths.get(Integer.toUnsignedLong(list.hash())), list.length(), seed);
    }
  }
}
