package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every single disk operation of a scenario fails: the index refuses what it cannot do, no more.
 */
class IndexFaultTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final Path FOLDER = Path.of("/data/index");
  private static final int LENGTH = 16;
  private static final int MOST_TRIES = 40;

  /** How the disk fails. */
  private enum Fault {
    /** One operation fails and has no effect. */
    ONE(1),
    /** One write ends in the middle. */
    HALF(1),
    /** Everything fails for a while. */
    ALL(8),
    /** There is no space for a while. */
    FULL(12);

    /** Most operations that fail. */
    final int length;

    Fault(int length) {
      this.length = length;
    }

    /** What becomes of an operation while this lasts; below 0 if it fails. */
    int written(Operation operation) {
      return switch (this) {
        case ONE, ALL -> -1;
        case HALF -> operation == Operation.WRITE ? 50 : SimulatedDisk.WHOLE;
        case FULL ->
            switch (operation) {
              case CREATE -> -1;
              case WRITE -> 30;
              default -> SimulatedDisk.WHOLE;
            };
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void whicheverOperationFailsUpdatesWorkAgainAndNothingIsLost(Fault fault) throws IOException {
    int n = 0;
    for (boolean more = true; more; n++) {
      Life life = new Life(fault, n);
      try {
        more = life.run();
      } catch (AssertionError | IOException | RuntimeException e) {
        throw new AssertionError("-Dtests.seed=" + SEED + ", " + fault + " at operation " + n, e);
      }
    }
    assertTrue(n > 70, "only " + n + " operations");
    System.getLogger("tests").log(System.Logger.Level.INFO, fault + ": " + n + " operations");
  }

  @Test
  void whileTheDiskIsFullUpdatesAreRefusedWithTheReasonAndSearchesGoOn() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Scenario scenario = new Scenario(random, LENGTH);
    SimulatedDisk disk = new SimulatedDisk();
    Index index = Index.openByHand(disk, FOLDER, scenario.config());
    scenario.update(index, 0);
    disk.watch((operation, file) -> {
      if (operation == Operation.WRITE || operation == Operation.CREATE) {
        throw new IOException(file + ": No space left on device");
      }
      return SimulatedDisk.WHOLE;
    });
    for (int i = 0; i < 5; i++) {
      IOException refused = assertThrows(IOException.class, () -> scenario.update(index, 1));
      assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
      scenario.check(index, 1, random);
    }
    disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    scenario.update(index, 1);
    scenario.check(index, 2, random);
    index.close();
  }

  /** A scenario with a fault in it. */
  private static final class Life {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Scenario scenario = new Scenario(random.split(), LENGTH);
    private final Fault fault;
    private final int from;
    private int operations;
    private int failed;
    private int refusals;
    private int count;

    Life(Fault fault, int from) {
      this.fault = fault;
      this.from = from;
      disk.watch(this::before);
    }

    private int before(Operation operation, Path file) throws IOException {
      int written = fault.written(operation);
      if (written == SimulatedDisk.WHOLE || operations++ < from || failed == fault.length) {
        return SimulatedDisk.WHOLE;
      }
      failed++;
      if (written < 0) {
        throw new IOException(operation + " of " + file + " fails");
      }
      return written;
    }

    /** False if there were no operations left to fail. */
    boolean run() throws IOException {
      Index index = open();
      while (count < LENGTH) {
        update(index);
        if (count % 2 == 0) {
          index.wantCheckpoint();
        }
        if (count >= 10 && count <= 13) {
          index.optimize();
        }
        maintain(index);
        scenario.check(index, count, random);
        if (count == 6 || count == 13) {
          close(index);
          index = open();
        }
      }
      for (int i = 0; index.maintain(); i++) {
        assertTrue(i < MOST_TRIES, "maintenance comes to no end");
      }
      scenario.check(index, LENGTH, random);
      close(index);
      failed = fault.length;
      Index last = open();
      scenario.check(last, LENGTH, random);
      last.close();
      assertEquals(0, disk.open());
      return from < operations;
    }

    private Index open() throws IOException {
      while (true) {
        try {
          Index index = Index.openByHand(disk, FOLDER, scenario.config());
          int found = scenario.count(index);
          // A batch that was refused may be there after all.
          assertTrue(found == count || found == count + 1, () -> "lost: " + count);
          count = found;
          scenario.check(index, count, random);
          return index;
        } catch (IOException e) {
          assertEquals(0, disk.open(), "open files");
          refused(e);
        }
      }
    }

    private void update(Index index) throws IOException {
      while (true) {
        try {
          scenario.update(index, count);
          count++;
          return;
        } catch (IOException e) {
          scenario.check(index, count, random);
          refused(e);
        }
      }
    }

    private void maintain(Index index) throws IOException {
      boolean more = true;
      for (int i = 0; more; i++) {
        assertTrue(i < MOST_TRIES, "maintenance comes to no end");
        try {
          more = index.maintain();
        } catch (IOException e) {
          scenario.check(index, count, random);
          refused(e);
        }
      }
    }

    private void close(Index index) throws IOException {
      try {
        index.close();
      } catch (IOException e) {
        refused(e);
      }
      assertEquals(0, disk.open(), "open files");
    }

    /** Something failed, with reason; what would be there after a power failure now is right. */
    private void refused(IOException e) throws IOException {
      refusals++;
      if (refusals > fault.length) {
        throw e;
      }
      SimulatedDisk after = disk.crash(random);
      Index index = Index.openByHand(after, FOLDER, scenario.config());
      int found = scenario.count(index);
      assertTrue(found == count || found == count + 1, () -> "lost: " + count);
      scenario.check(index, found, random);
      index.close();
    }
  }
}
