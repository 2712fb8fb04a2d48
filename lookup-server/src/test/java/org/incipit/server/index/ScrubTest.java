package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.segment.Segment.Residence;
import org.incipit.server.index.segment.Segment.Verification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index whose postings are verified after it was opened. */
class ScrubTest {
  private static final long SEED = Long.getLong("tests.seed", 20261123L);
  private static final Path FOLDER = Path.of("/data/index");
  private static final int REGION = 1 << 16;
  private static final int DOCUMENTS = 1000;
  private static final int HASHES = 100;
  private static final IndexConfig CONFIG =
      IndexConfig.DEFAULT
          .withCheckpointAge(Duration.ZERO)
          .withResidence(Residence.MAPPED)
          .withVerification(Verification.LATER);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<int[]> documents = new ArrayList<>();

  /** Two segments of several regions each. */
  @BeforeEach
  void makeIndex() throws IOException {
    try (Index index = open(disk)) {
      for (int segment = 0; segment < 2; segment++) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
          int[] hashes = random.ints(HASHES).toArray();
          documents.add(hashes);
          changes.add(new Change.Insert(documents.size(), hashes));
        }
        index.update(Batch.of(changes.toArray(Change[]::new)));
        index.wantCheckpoint();
        verifyAll(index);
      }
      assertEquals(0, index.stats().unverifiedBytes(), "of segments written since the opening");
    }
    assertEquals(2, segments(disk).size());
  }

  private static Index open(SimulatedDisk disk) throws IOException {
    return Index.openByHand(disk, FOLDER, CONFIG);
  }

  private static void verifyAll(Index index) throws IOException {
    while (index.maintain()) {
      assertTrue(index.stats().memoryBytes() >= 0);
    }
  }

  private static List<Path> segments(SimulatedDisk disk) {
    return disk.list(FOLDER).stream()
        .filter(name -> name.endsWith(".segment"))
        .map(FOLDER::resolve)
        .toList();
  }

  private static int directory(byte[] segment) {
    ByteBuffer bytes = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
    return (int) bytes.getLong(segment.length - 48);
  }

  private SimulatedDisk flipped(Path file, int at) throws IOException {
    SimulatedDisk damaged = disk.copy();
    byte[] bytes = damaged.content(file);
    bytes[at] ^= (byte) (1 + random.nextInt(255));
    damaged.put(file, bytes);
    return damaged;
  }

  /** Some place that is only looked at after the opening. */
  private int postingOf(Path file) throws IOException {
    int tables = directory(disk.content(file)) / REGION * REGION;
    assertTrue(tables > 3 * REGION, tables + " bytes of postings");
    return random.nextInt(REGION, tables);
  }

  private Hits search(Index index, int document) throws IOException {
    return index.search(Query.of(documents.get(document)).withMinScore(1), Duration.ZERO);
  }

  @Test
  void aFlippedByteIsFoundAndTheIndexNamedDamaged() throws IOException {
    for (int round = 0; round < 100; round++) {
      Path file = segments(disk).get(round % 2);
      int at = postingOf(file);
      String what = "-Dtests.seed=" + SEED + ", " + file + ", byte " + at;
      SimulatedDisk damaged = flipped(file, at);
      try (Index index = open(damaged)) {
        for (int i = 0; i < 20; i++) {
          try {
            search(index, random.nextInt(documents.size()));
          } catch (IOException e) {
            assertTrue(e.getMessage().contains("not verified yet"), what);
          }
        }
        assertEquals(Optional.empty(), index.damage(), what);
        verifyAll(index);
        CorruptIndexException damage = index.damage().orElseThrow();
        assertEquals(file, damage.file(), what);
        assertEquals(at / REGION * REGION, damage.position(), what);
        CorruptIndexException told =
            assertThrows(CorruptIndexException.class, () -> search(index, 0), what);
        assertEquals(damage.getMessage(), told.getMessage());
        assertEquals(Optional.empty(), index.searchWithin(Query.of(1), 1 << 20));
        Batch batch = Batch.of(new Change.Delete(1));
        assertThrows(CorruptIndexException.class, () -> index.update(batch), what);
      }
      assertEquals(0, damaged.open(), what);
    }
  }

  @Test
  void aDamagedTableOrHeaderStillStopsTheOpening() throws IOException {
    for (Path file : segments(disk)) {
      byte[] content = disk.content(file);
      int directory = directory(content);
      for (int round = 0; round < 200; round++) {
        int at = round < 16 ? round : directory + random.nextInt(content.length - directory);
        SimulatedDisk damaged = flipped(file, at);
        CorruptIndexException e =
            assertThrows(CorruptIndexException.class, () -> open(damaged).close(), "byte " + at);
        assertEquals(file, e.file());
        assertEquals(0, damaged.open(), "byte " + at);
        int length = random.nextInt(content.length);
        damaged.put(file, Arrays.copyOf(content, length));
        assertThrows(CorruptIndexException.class, () -> open(damaged).close(), "of " + length);
      }
    }
  }

  @Test
  void whatIsLoadedIsVerifiedWhenItIsOpened() throws IOException {
    Path file = segments(disk).getFirst();
    SimulatedDisk damaged = flipped(file, postingOf(file));
    IndexConfig loaded = CONFIG.withResidence(Residence.LOADED);
    assertThrows(
        CorruptIndexException.class, () -> Index.openByHand(damaged, FOLDER, loaded).close());
    try (Index index = Index.openByHand(disk, FOLDER, loaded)) {
      assertEquals(0, index.stats().unverifiedBytes());
    }
  }

  @Test
  void anUndamagedIndexAnswersBeforeAndAfter() throws IOException {
    try (Index index = open(disk)) {
      long all = index.stats().unverifiedBytes();
      assertTrue(all > 6 * REGION, all + " bytes");
      assertThrows(IllegalStateException.class, () -> index.figures(1));
      assertThrows(
          IllegalStateException.class, () -> index.documents(1000, (id, hashes, count) -> {}));
      for (boolean more = true; more; more = index.maintain()) {
        int document = random.nextInt(documents.size());
        Hits hits = search(index, document);
        assertEquals(document + 1, hits.id(0));
        assertEquals(HASHES, hits.score(0));
      }
      assertEquals(0, index.stats().unverifiedBytes());
      assertEquals(Optional.empty(), index.damage());
      assertEquals(documents.size(), index.documents(100_000, (id, hashes, count) -> {}));
    }
  }

  @Test
  void aSegmentThatIsMergedAwayMeanwhileIsNoFault() throws IOException {
    try (Index index = open(disk)) {
      assertTrue(index.maintain());
      assertTrue(index.stats().unverifiedBytes() > 0);
      index.optimize();
      verifyAll(index);
      assertEquals(1, index.partSizes().size());
      assertEquals(0, index.stats().unverifiedBytes());
      assertEquals(Optional.empty(), index.damage());
      assertEquals(1, search(index, 0).id(0));
    }
    assertEquals(1, segments(disk).size());
    assertEquals(0, disk.open());
  }

  @Test
  void damageIsNotMergedAway() throws IOException {
    Path file = segments(disk).getLast();
    SimulatedDisk damaged = flipped(file, postingOf(file));
    try (Index index = open(damaged)) {
      index.optimize();
      verifyAll(index);
      assertEquals(file, index.damage().orElseThrow().file());
      assertEquals(2, index.partSizes().size());
    }
    assertEquals(segments(disk), segments(damaged));
  }

  @Test
  void aFileThatIsShorterOrGoneSinceTheOpeningIsDamaged() throws IOException {
    for (boolean gone : new boolean[] {false, true}) {
      SimulatedDisk damaged = disk.copy();
      Path file = segments(disk).getFirst();
      try (Index index = open(damaged)) {
        if (gone) {
          damaged.delete(file);
        } else {
          damaged.put(file, Arrays.copyOf(damaged.content(file), 3 * REGION));
        }
        verifyAll(index);
        CorruptIndexException damage = index.damage().orElseThrow();
        assertEquals(file, damage.file());
        assertEquals(gone ? 0 : 3 * REGION, damage.position());
      }
    }
  }

  @Test
  void aDiskThatFailsIsNoDamage() throws IOException {
    try (Index index = open(disk)) {
      disk.watch((operation, file) -> {
        if (operation == Operation.READ) {
          throw new IOException("failing");
        }
        return SimulatedDisk.WHOLE;
      });
      assertThrows(IOException.class, index::maintain);
      assertEquals(Optional.empty(), index.damage());
      disk.watch((operation, file) -> SimulatedDisk.WHOLE);
      verifyAll(index);
      assertEquals(Optional.empty(), index.damage());
      assertEquals(0, index.stats().unverifiedBytes());
    }
  }

  /** At the second read of postings somebody closes the index, and is waiting for this thread. */
  @Test
  void closingDoesNotWaitForTheRest() throws Exception {
    AtomicInteger reads = new AtomicInteger(-1);
    List<Index> opened = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    Thread closer =
        new Thread(() -> {
          try {
            opened.getFirst().close();
          } catch (IOException | RuntimeException e) {
            failures.add(e);
          }
        });
    disk.watch((operation, file) -> {
      boolean verifies =
          operation == Operation.READ && Thread.currentThread().getName().endsWith("segments");
      if (verifies && reads.incrementAndGet() == 1) {
        try {
          while (opened.isEmpty()) {
            disk.wait(5);
          }
          closer.start();
          while (!isWaitingForMaintenance(closer)) {
            disk.wait(5);
          }
        } catch (InterruptedException e) {
          failures.add(e);
        }
      }
      return SimulatedDisk.WHOLE;
    });
    Index index = Index.open(disk, FOLDER, CONFIG);
    synchronized (disk) {
      opened.add(index);
    }
    while (closer.getState() == Thread.State.NEW) {
      Thread.sleep(1);
    }
    closer.join();
    assertEquals(List.of(), failures);
    assertEquals(1, reads.get());
    assertFalse(disk.list(FOLDER).isEmpty());
    assertEquals(0, disk.open());
  }

  private static boolean isWaitingForMaintenance(Thread closer) {
    return Arrays.stream(closer.getStackTrace())
        .anyMatch(frame ->
            frame.getClassName().equals(Upkeep.class.getName())
                && frame.getMethodName().equals("close"));
  }
}
