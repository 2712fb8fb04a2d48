package org.incipit.server.index.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a merge makes of parts is what their newest documents say. */
class PartMergerTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** The hashes of each document as it is now; none of those deleted, which have null. */
  private final Map<Long, int[]> expected = new TreeMap<>();

  private final List<Run> runs = new ArrayList<>();

  @TempDir private Path folder;

  private void addRun(long firstId, int count, int step, int deletedPercent) {
    int[] ids = new int[count];
    BitSet deleted = new BitSet();
    long[] postings = new long[4 * count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      long id = firstId + (long) step * i;
      ids[i] = (int) id;
      int[] hashes = {};
      if (random.nextInt(100) < deletedPercent) {
        deleted.set(i);
      } else {
        hashes =
            random.ints(random.nextInt(4), 0, 5000).map(h -> h * 0xD_0000).distinct().toArray();
      }
      for (int hash : hashes) {
        postings[size++] = Posting.of(hash, ids[i]);
      }
      expected.put(id, hashes);
    }
    int sorted = PostingSort.sort(postings, size, new long[size]);
    int number = runs.size() + 1;
    runs.add(new Run(postings, sorted, ids, deleted, new CommitRange(number, number, number)));
  }

  private long[] expectedPostings() {
    return expected.entrySet().stream()
        .flatMapToLong(entry ->
            java.util.Arrays.stream(entry.getValue())
                .mapToLong(hash -> Posting.of(hash, entry.getKey().intValue())))
        .map(posting -> posting ^ Long.MIN_VALUE)
        .sorted()
        .map(posting -> posting ^ Long.MIN_VALUE)
        .toArray();
  }

  private static long[] postings(Part part) {
    long[] all = new long[(int) part.postings() + 512];
    int size = 0;
    PostingCursor cursor = part.cursor();
    for (int count = cursor.read(all, 0, all.length);
        count > 0;
        count = cursor.read(all, size, all.length - size)) {
      size += count;
    }
    return java.util.Arrays.copyOf(all, size);
  }

  /** Merges the runs, and segments made of them, in both ways. */
  private void check() throws IOException {
    long[] wanted = expectedPostings();
    Run run = PartMerger.toRun(runs, Pace.FREE);
    assertArrayEquals(wanted, postings(run), "seed " + SEED);
    assertEquals(expected.size(), run.documents().size());
    List<Segment> segments = new ArrayList<>();
    try {
      for (Run one : runs) {
        Path path = folder.resolve(segments.size() + ".segment");
        PartMerger.toFile(FileDisk.INSTANCE, path, List.of(one), false, Pace.FREE);
        segments.add(Segment.open(FileDisk.INSTANCE, path, Segment.Residence.MAPPED));
      }
      for (List<? extends Part> parts : List.of(runs, segments)) {
        Path path = folder.resolve("all" + parts.hashCode());
        PartMerger.toFile(FileDisk.INSTANCE, path, parts, false, Pace.FREE);
        try (Segment all = Segment.open(FileDisk.INSTANCE, path, Segment.Residence.LOADED)) {
          assertArrayEquals(wanted, postings(all), "seed " + SEED);
          assertEquals(expected.size(), all.documents().size());
          assertEquals(new CommitRange(1, runs.size(), runs.size()), all.commits());
        }
      }
    } finally {
      segments.forEach(Segment::close);
    }
  }

  @Test
  void mostDocumentsAreSupersededAndOnlyTheNewestAreLeft() throws IOException {
    for (int i = 0; i < 3; i++) {
      addRun(1, 200_000, 1, 1);
    }
    addRun(0x7FFF_FF00L, 1000, 3, 10);
    addRun(0x7FFF_FF00L, 900, 3, 10);
    addRun(150_000, 1000, 7, 90);
    check();
  }

  @Test
  void manyPartsInOrderOfVerySizesAreMergedAsFewAre() throws IOException {
    long id = 1;
    for (int count : new int[] {100_000, 1, 3, 50_000, 700, 0, 5, 20_000, 1, 1, 2000, 30_000}) {
      if (count > 0) {
        addRun(id, count, 2, 5);
      }
      id += 2L * count + 1;
    }
    check();
  }

  @Test
  void twoPartsOfWhichOneIsSmallAreMerged() throws IOException {
    addRun(1, 100_000, 1, 0);
    addRun(200_000, 10, 1, 0);
    check();
  }

  @Test
  void partsOfDeletesOnlyMakeOne() throws IOException {
    for (int i = 0; i < 20; i++) {
      addRun(1 + random.nextInt(100), 50, 1, 100);
    }
    check();
  }

  @Test
  void aMergeEndsWhereverItsPaceSaysSo() throws IOException {
    for (int i = 0; i < 3; i++) {
      addRun(1, 50_000, 1, 0);
    }
    int[] steps = new int[1];
    PartMerger.toFile(FileDisk.INSTANCE, folder.resolve("w"), runs, true, bytes -> steps[0]++);
    assertTrue(steps[0] > 50, () -> "only " + steps[0] + " steps");
    for (int last : new int[] {0, 1, 10, steps[0] - 1}) {
      int[] left = {last};
      IOException closing = new IOException("closing");
      Path path = folder.resolve("part" + last);
      Pace pace =
          bytes -> {
            if (left[0]-- == 0) {
              throw closing;
            }
          };
      assertEquals(
          closing,
          assertThrows(
              IOException.class,
              () -> PartMerger.toFile(FileDisk.INSTANCE, path, runs, true, pace)));
    }
    boolean[] read = new boolean[1];
    Segment.open(
            FileDisk.INSTANCE,
            folder.resolve("w"),
            Segment.Residence.MAPPED,
            Segment.Verification.AT_OPENING,
            bytes -> read[0] = true)
        .close();
    assertTrue(read[0], "verification goes at a pace as well");
    assertFalse(steps[0] > 10_000, () -> steps[0] + " steps");
  }
}
