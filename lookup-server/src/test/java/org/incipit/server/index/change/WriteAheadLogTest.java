package org.incipit.server.index.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.junit.jupiter.api.Test;

class WriteAheadLogTest extends LogFixture {
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
