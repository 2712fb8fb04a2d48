package org.incipit.server.index.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.junit.jupiter.api.Test;

class LogFolderTest extends LogFixture {
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
}
