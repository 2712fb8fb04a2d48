package org.incipit.server.index.change;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteAheadLogTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final Path FOLDER = Path.of("/log");
  private static final WriteAheadLog.Known NOTHING = new WriteAheadLog.Known(0, 0);
  private static final int LARGE = 1 << 20;
  private static final int SMALL = 1 << 10;

  private final SimulatedDisk disk = new SimulatedDisk();

  @BeforeEach
  void makeFolder() throws IOException {
    disk.createDirectory(FOLDER);
  }

  /** The batch that is commit n in all of these tests. */
  private static Batch batch(long n) {
    int[] hashes = new int[(int) (n % 7) * 9];
    Arrays.setAll(hashes, i -> (int) n * 1000 - i);
    return new Batch(
        List.of(new Change.Insert((int) n, hashes), new Change.Delete(-1 - (int) n)),
        n % 3 == 0 ? Map.of("n", "Ω" + n) : Map.of());
  }

  private static void append(WriteAheadLog log, int count) throws IOException {
    List<ByteBuffer> records = new ArrayList<>();
    long[] versions = new long[count];
    for (int i = 0; i < count; i++) {
      long n = log.next() + i;
      records.add(WriteAheadLog.encode(batch(n)));
      versions[i] = 10 * n;
    }
    log.append(records, versions);
  }

  private static void appendEach(WriteAheadLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      append(log, 1);
    }
  }

  private static WriteAheadLog open(SimulatedDisk disk, int fileBytes, List<Commit> into)
      throws IOException {
    return WriteAheadLog.open(disk, FOLDER, NOTHING, fileBytes, into::add);
  }

  /** Opens the log, which must have commits {@code from..to} and no others. */
  private static WriteAheadLog reopen(
      SimulatedDisk disk, WriteAheadLog.Known known, int fileBytes, long to) throws IOException {
    List<Commit> commits = new ArrayList<>();
    WriteAheadLog log = WriteAheadLog.open(disk, FOLDER, known, fileBytes, commits::add);
    requireCommits(commits, known.kept() + 1, to);
    assertEquals(to + 1, log.next());
    return log;
  }

  private static void requireCommits(List<Commit> commits, long from, long to) {
    assertEquals(to + 1 - from, commits.size());
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      assertEquals(from + i, commit.sequence());
      assertEquals(10 * (from + i), commit.version());
      Batch expected = batch(from + i);
      assertEquals(expected.metadata(), commit.batch().metadata());
      assertEquals(2, commit.batch().changes().size());
      Change.Insert insert =
          assertInstanceOf(Change.Insert.class, commit.batch().changes().getFirst());
      Change.Insert inserted = (Change.Insert) expected.changes().getFirst();
      assertEquals(inserted.id(), insert.id());
      assertArrayEquals(inserted.hashes(), insert.hashes());
      assertEquals(expected.changes().getLast(), commit.batch().changes().getLast());
    }
  }

  private static Path file(long first) {
    return LogFile.of(FOLDER, first).path();
  }

  /** Where each record begins, and where the last one ends. */
  private static List<Integer> places(SimulatedDisk disk, long first) throws IOException {
    ByteBuffer log = LogFile.of(FOLDER, first).header(0);
    log = ByteBuffer.wrap(disk.content(file(first))).order(log.order());
    List<Integer> places = new ArrayList<>(List.of(LogFile.HEADER_BYTES));
    long next = first;
    for (int at = LogFile.HEADER_BYTES; ; next++) {
      int payload = RecordCodec.payload(log, at, log.getLong(LogFile.SALT), next);
      if (payload < 0 || RecordCodec.isEnd(payload)) {
        return places;
      }
      at += RecordCodec.HEAD_BYTES + RecordCodec.padded(payload);
      places.add(at);
    }
  }

  private static CorruptIndexException requireDamage(SimulatedDisk disk) {
    return assertThrows(
        CorruptIndexException.class, () -> open(disk, LARGE, new ArrayList<>()).close());
  }

  @Test
  void recordsComeBackInOrderAfterACleanEnd() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    append(log, 1);
    append(log, 5);
    appendEach(log, 3);
    log.close();
    WriteAheadLog again = reopen(disk, NOTHING, LARGE, 9);
    assertNull(again.cut());
    append(again, 1);
    again.close();
    reopen(disk, NOTHING, LARGE, 10).close();
    assertEquals(0, disk.open());
  }

  @Test
  void commitsThatAreInASegmentAreNotReplayed() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 9);
    log.close();
    reopen(disk, new WriteAheadLog.Known(4, 9), LARGE, 9).close();
  }

  @Test
  void aLogThatLacksCommitsIsDamaged() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 4);
    log.close();
    for (WriteAheadLog.Known known :
        List.of(new WriteAheadLog.Known(5, 5), new WriteAheadLog.Known(2, 5))) {
      CorruptIndexException damage =
          assertThrows(
              CorruptIndexException.class,
              () -> WriteAheadLog.open(disk, FOLDER, known, LARGE, commit -> {}));
      assertEquals(file(1), damage.file());
    }
  }

  @Test
  void smallRecordsGoIntoZerosThatAreThereAlready() throws IOException {
    WriteAheadLog log = open(disk, 64 << 20, new ArrayList<>());
    append(log, 1);
    long size = disk.content(file(1)).length;
    appendEach(log, 100);
    assertEquals(size, disk.content(file(1)).length);
    SimulatedDisk after = disk.crash(new SplittableRandom(SEED));
    WriteAheadLog again = reopen(after, NOTHING, LARGE, 101);
    assertNull(again.cut());
    again.close();
    log.close();
    reopen(disk, NOTHING, LARGE, 101).close();
  }

  @Test
  void aTornTailIsCutAndNamed() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 6);
    int from = places(disk, 1).get(5);
    int to = places(disk, 1).get(6);
    for (int length = from + 1; length < to; length++) {
      SimulatedDisk torn = disk.copy();
      torn.put(file(1), Arrays.copyOf(disk.content(file(1)), length));
      WriteAheadLog again = reopen(torn, NOTHING, LARGE, 5);
      String cut = again.cut();
      assertNotNull(cut);
      assertTrue(cut.contains(file(1).toString()) && cut.contains("byte " + from), cut);
      append(again, 1);
      again.close();
      reopen(torn, NOTHING, LARGE, 6).close();
    }
    log.close();
  }

  @Test
  void aFlippedBitInTheMiddleIsDamageWithFileAndPosition() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 5);
    List<Integer> places = places(disk, 1);
    byte[] content = disk.content(file(1));
    for (int record = 0; record < 4; record++) {
      for (int at = places.get(record); at < places.get(record + 1); at++) {
        SimulatedDisk damaged = disk.copy();
        byte[] flipped = content.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        damaged.put(file(1), flipped);
        CorruptIndexException damage = requireDamage(damaged);
        assertEquals(file(1), damage.file());
        assertEquals((long) places.get(record), damage.position());
      }
    }
    for (int at = 0; at < LogFile.HEADER_BYTES; at++) {
      SimulatedDisk damaged = disk.copy();
      byte[] flipped = content.clone();
      flipped[at] ^= 1;
      damaged.put(file(1), flipped);
      assertEquals(file(1), requireDamage(damaged).file());
    }
    log.close();
  }

  @Test
  void afterACleanEndTheLastRecordCannotBeTorn() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 3);
    log.close();
    byte[] content = disk.content(file(1));
    for (int at = places(disk, 1).get(2); at < places(disk, 1).get(3); at++) {
      SimulatedDisk damaged = disk.copy();
      byte[] flipped = content.clone();
      flipped[at] ^= (byte) 0x80;
      damaged.put(file(1), flipped);
      assertEquals(file(1), requireDamage(damaged).file());
    }
  }

  @Test
  void somethingBehindTheEndIsDamage() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    append(log, 1);
    log.close();
    byte[] content = disk.content(file(1));
    content[content.length - 1] = 1;
    disk.put(file(1), content);
    assertEquals(content.length - 1, requireDamage(disk).position());
  }

  @Test
  void fullFilesAreEndedAndTheNextOneBegun() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    appendEach(log, 60);
    List<String> files = disk.list(FOLDER);
    assertTrue(files.size() > 5, files.toString());
    log.close();
    WriteAheadLog again = reopen(disk, NOTHING, SMALL, 60);
    appendEach(again, 30);
    again.close();
    reopen(disk, NOTHING, SMALL, 90).close();
    assertEquals(0, disk.open());
  }

  @Test
  void aFileMissingInTheMiddleIsDamage() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    appendEach(log, 60);
    log.close();
    List<String> files = disk.list(FOLDER);
    for (int i = 0; i < files.size() - 1; i++) {
      SimulatedDisk damaged = disk.copy();
      damaged.delete(FOLDER.resolve(files.get(i)));
      CorruptIndexException damage = requireDamage(damaged);
      assertEquals(FOLDER.resolve(files.get(i == 0 ? 1 : i - 1)), damage.file());
    }
  }

  @Test
  void filesGoWhenNothingInThemIsNeeded() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    appendEach(log, 60);
    int before = disk.list(FOLDER).size();
    for (long sequence = 0; sequence <= 60; sequence++) {
      log.dropThrough(sequence);
      SimulatedDisk now = disk.copy();
      reopen(now, new WriteAheadLog.Known(sequence, sequence), SMALL, 60).close();
    }
    List<String> after = disk.list(FOLDER);
    assertTrue(before > 5 && after.stream().filter(name -> name.endsWith(".log")).count() == 1);
    assertTrue(after.size() <= 5, after.toString());
    log.close();
    assertEquals(1, disk.list(FOLDER).size());
  }

  @Test
  void filesThatAreNotNeededAreUsedAgainAndHoldNothingOfBefore() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    appendEach(log, 30);
    log.dropThrough(26);
    int[] created = new int[1];
    disk.watch((operation, file) -> {
      created[0] += operation == Operation.CREATE ? 1 : 0;
      return SimulatedDisk.WHOLE;
    });
    for (long n = log.next(); n <= 300; n++) {
      append(log, 1);
      log.dropThrough(n - 5);
      reopen(disk.copy(), new WriteAheadLog.Known(n - 5, 0), SMALL, n).close();
    }
    assertTrue(created[0] < 5, created[0] + " files were made");
    log.close();
  }

  @Test
  void atWhicheverOperationThePowerGoesNothingOfAFileUsedAgainComesBack() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    List<SimulatedDisk> crashed = new ArrayList<>();
    disk.watch((operation, file) -> {
      crashed.add(disk.crash(random));
      return SimulatedDisk.WHOLE;
    });
    long kept = 0;
    for (int i = 0; i < 200; i++) {
      long last = log.next() - 1;
      append(log, 1 + i % 4);
      log.prepare();
      if (i % 10 == 9) {
        kept = last - 3;
        log.dropThrough(kept);
      }
      for (SimulatedDisk after : crashed) {
        List<Commit> commits = new ArrayList<>();
        WriteAheadLog.Known known = new WriteAheadLog.Known(kept, 0);
        WriteAheadLog again = WriteAheadLog.open(after, FOLDER, known, SMALL, commits::add);
        requireCommits(commits, kept + 1, again.next() - 1);
        assertTrue(again.next() > last, "seed " + SEED);
        again.close();
      }
      crashed.clear();
    }
    disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    log.close();
  }

  @Test
  void aRecordThatAClientSpellsInHashesIsNone() throws IOException {
    ByteBuffer spelled = WriteAheadLog.encode(batch(3));
    RecordCodec.stamp(spelled, 0, 3, 3, 30);
    int[] hashes = new int[64];
    spelled.asIntBuffer().get(hashes, 0, spelled.remaining() / 4);
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    append(log, 1);
    int from = places(disk, 1).get(1);
    log.append(
        List.of(WriteAheadLog.encode(new Batch(List.of(new Change.Insert(1, hashes)), Map.of()))),
        new long[] {20});
    byte[] torn = disk.content(file(1));
    torn[from + 40] ^= 1;
    disk.put(file(1), torn);
    WriteAheadLog again = reopen(disk, NOTHING, LARGE, 1);
    assertNotNull(again.cut());
    again.close();
    log.close();
  }

  @Test
  void thePreparedFileIsTheNextOne() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    while (!log.wantsPreparation()) {
      append(log, 1);
    }
    log.prepare();
    List<String> spares =
        disk.list(FOLDER).stream().filter(name -> name.endsWith(".spare")).toList();
    assertEquals(1, spares.size());
    while (disk.list(FOLDER).contains(spares.getFirst())) {
      assertTrue(!log.wantsPreparation());
      append(log, 1);
    }
    int zeros = disk.content(file(log.next() - 1)).length;
    assertEquals(SMALL, zeros);
    log.close();
    reopen(disk, NOTHING, SMALL, log.next() - 1).close();
  }

  @Test
  void aSpareFileThatCannotBeMadeLeavesNothingAndIsNotTriedAgainForThisFile() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    while (!log.wantsPreparation()) {
      append(log, 1);
    }
    Path present = file(1);
    disk.watch((operation, file) -> {
      if (operation == Operation.WRITE && file.toString().endsWith(".spare")) {
        return 50;
      }
      return SimulatedDisk.WHOLE;
    });
    assertThrows(IOException.class, log::prepare);
    assertEquals(List.of(present), disk.list(FOLDER).stream().map(FOLDER::resolve).toList());
    append(log, 1);
    assertFalse(log.wantsPreparation());
    while (disk.list(FOLDER).size() == 1 || !log.wantsPreparation()) {
      append(log, 1);
    }
    assertThrows(IOException.class, () -> log.dropThrough(log.next() - 1));
    assertEquals(1, disk.list(FOLDER).size(), disk.list(FOLDER)::toString);
    log.close();
  }

  @Test
  void theFileInUseStaysAfterReopeningAnEmptyLog() throws IOException {
    open(disk, SMALL, new ArrayList<>()).close();
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    appendEach(log, 4);
    log.dropThrough(2);
    SimulatedDisk after = disk.crash(new SplittableRandom(SEED));
    reopen(after, new WriteAheadLog.Known(2, 2), SMALL, 4).close();
    log.close();
  }

  @Test
  void deletionsThatLastedInAnyOrderAreNoDamage() throws IOException {
    WriteAheadLog log = open(disk, SMALL, new ArrayList<>());
    appendEach(log, 60);
    disk.syncDirectory(FOLDER);
    log.dropThrough(60);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      reopen(disk.crash(random), new WriteAheadLog.Known(60, 60), SMALL, 60).close();
    }
    log.close();
  }

  @Test
  void ofAGroupThatWasNotSyncedAnyBeginningMayCome() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 3);
    List<SimulatedDisk> crashed = new ArrayList<>();
    disk.watch((operation, file) -> {
      if (operation == Operation.WRITE || operation == Operation.SYNC) {
        for (int i = 0; i < 400; i++) {
          crashed.add(disk.crash(random));
        }
      }
      return SimulatedDisk.WHOLE;
    });
    append(log, 40);
    long[] found = new long[44];
    for (SimulatedDisk after : crashed) {
      List<Commit> commits = new ArrayList<>();
      WriteAheadLog again = open(after, LARGE, commits);
      requireCommits(commits, 1, again.next() - 1);
      found[commits.size()]++;
      append(again, 2);
      reopen(after.crash(random), NOTHING, LARGE, again.next() - 1).close();
      again.close();
    }
    assertEquals(0, found[0] + found[1] + found[2]);
    assertTrue(Arrays.stream(found).filter(count -> count > 0).count() > 5, Arrays.toString(found));
    log.close();
  }

  @Test
  void afterAFailureTheLogRefusesUntilItIsRecovered() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int written : new int[] {0, 30, SimulatedDisk.WHOLE}) {
      SimulatedDisk failing = new SimulatedDisk();
      failing.createDirectory(FOLDER);
      WriteAheadLog log = open(failing, LARGE, new ArrayList<>());
      appendEach(log, 5);
      failing.watch((operation, file) -> {
        if (operation == Operation.SYNC) {
          throw new IOException("no sync today");
        }
        return operation == Operation.WRITE ? written : SimulatedDisk.WHOLE;
      });
      assertThrows(IOException.class, () -> append(log, 3));
      assertTrue(log.hasFailed());
      assertThrows(IOException.class, log::recover);
      failing.watch((operation, file) -> SimulatedDisk.WHOLE);
      IOException refused = assertThrows(IOException.class, () -> append(log, 1));
      assertTrue(refused.getMessage().contains("failed before"), refused.getMessage());
      log.recover();
      append(log, 2);
      for (int i = 0; i < 20; i++) {
        reopen(failing.crash(random), NOTHING, LARGE, 7).close();
      }
      log.close();
      reopen(failing, NOTHING, LARGE, 7).close();
      assertEquals(0, failing.open());
    }
  }

  @Test
  void whicheverOperationFailsNothingAcknowledgedIsLost() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int faults = 0;
    for (int n = 0; ; n++) {
      SimulatedDisk failing = new SimulatedDisk();
      failing.createDirectory(FOLDER);
      int at = n;
      int[] count = new int[1];
      WriteAheadLog log = open(failing, SMALL, new ArrayList<>());
      failing.watch((operation, file) -> {
        if (count[0]++ == at) {
          if (operation == Operation.WRITE) {
            return 50;
          }
          throw new IOException("operation " + at + ", " + operation);
        }
        return SimulatedDisk.WHOLE;
      });
      int refused = 0;
      for (int i = 0; i < 30; i++) {
        try {
          if (log.hasFailed()) {
            log.recover();
          }
          append(log, 1 + i % 3);
          if (i % 8 == 7) {
            log.dropThrough(log.next() - 10);
          }
        } catch (IOException e) {
          refused++;
        }
        long last = log.next() - 1;
        WriteAheadLog.Known known = new WriteAheadLog.Known(Math.max(0, last - 9), 0);
        List<Commit> commits = new ArrayList<>();
        WriteAheadLog again =
            WriteAheadLog.open(failing.crash(random), FOLDER, known, SMALL, commits::add);
        requireCommits(commits, known.kept() + 1, again.next() - 1);
        assertTrue(again.next() > last);
        again.close();
      }
      failing.watch((operation, file) -> SimulatedDisk.WHOLE);
      log.close();
      assertEquals(0, failing.open());
      if (count[0] <= at) {
        break;
      }
      assertTrue(refused <= 1, "refused " + refused);
      faults++;
    }
    assertTrue(faults > 100, "only " + faults);
  }

  @Test
  void aFullDiskRefusesWithItsReasonAndRecovers() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    appendEach(log, 3);
    disk.watch((operation, file) -> {
      if (operation == Operation.WRITE || operation == Operation.CREATE) {
        throw new IOException(file + ": No space left on device");
      }
      return SimulatedDisk.WHOLE;
    });
    for (int i = 0; i < 3; i++) {
      IOException refused = assertThrows(IOException.class, () -> append(log, 1));
      assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
      assertThrows(IOException.class, log::recover);
    }
    disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    log.recover();
    append(log, 1);
    log.close();
    reopen(disk, NOTHING, LARGE, 4).close();
  }

  @Test
  void anErrorInTheMiddleOfAWriteIsAFailureToo() throws IOException {
    WriteAheadLog log = open(disk, LARGE, new ArrayList<>());
    append(log, 1);
    disk.watch((operation, file) -> {
      throw new OutOfMemoryError("for a test");
    });
    assertThrows(OutOfMemoryError.class, () -> append(log, 1));
    disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    assertThrows(IOException.class, () -> append(log, 1));
    log.recover();
    append(log, 1);
    log.close();
    reopen(disk, NOTHING, LARGE, 2).close();
  }
}
