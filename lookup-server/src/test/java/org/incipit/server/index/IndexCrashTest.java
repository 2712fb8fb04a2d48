package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.SimulatedDisk;
import org.junit.jupiter.api.Test;

/**
 * The power fails before every single disk operation of a scenario, with several outcomes each.
 * {@code -Dtests.crashes=N} runs as many scenarios, 3 unless told.
 */
class IndexCrashTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int SCENARIOS = Integer.getInteger("tests.crashes", 3);
  private static final Path FOLDER = Path.of("/data/index");
  private static final int LENGTH = 40;
  private static final int GOING_ON = 4;

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void aPowerFailureAtAnyStepLosesNothingAcknowledged() throws IOException {
    long crashes = 0;
    for (int i = 0; i < SCENARIOS; i++) {
      Life life = new Life(SEED + i);
      try {
        life.run();
      } catch (AssertionError | IOException | RuntimeException e) {
        throw new AssertionError(
            "-Dtests.seed=" + (SEED + i) + " -Dtests.crashes=1, step " + life.steps, e);
      }
      crashes += life.crashes;
    }
    assertTrue(crashes > 1000L * SCENARIOS, "only " + crashes + " crashes");
    System.getLogger("tests").log(System.Logger.Level.INFO, crashes + " crashes");
  }

  @Test
  void anIndexOnADiskThatLosesNothingLeavesNothingOpen() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Scenario scenario = new Scenario(random, LENGTH);
    goOn(disk, scenario, random, 0, LENGTH, 5);
    assertEquals(0, disk.open());
  }

  /** Opens the index with so many batches, commits some more, and closes it. */
  private static void goOn(
      Disk disk, Scenario scenario, SplittableRandom random, int from, int count, int checkpoints)
      throws IOException {
    Index index = Index.openByHand(disk, FOLDER, scenario.config());
    scenario.check(index, from, random);
    int to = Math.min(scenario.length(), from + count);
    for (int i = from; i < to; i++) {
      scenario.update(index, i);
      if (random.nextInt(checkpoints) == 0) {
        index.wantCheckpoint();
        index.maintain();
      }
    }
    scenario.check(index, to, random);
    index.close();
  }

  /** One scenario, seen by a watch that lets the power fail all the time. */
  private static final class Life {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final SplittableRandom random;
    private final SplittableRandom outcomes;
    private final Scenario scenario;
    private int acknowledged;
    private int steps;
    private long crashes;

    Life(long seed) {
      random = new SplittableRandom(seed);
      outcomes = random.split();
      scenario = new Scenario(random.split(), LENGTH);
    }

    void run() throws IOException {
      disk.watch((operation, file) -> {
        steps++;
        if (operation != SimulatedDisk.Operation.READ) {
          for (int i = 0; i < 3; i++) {
            crash();
          }
          kill();
        }
        return SimulatedDisk.WHOLE;
      });
      Index index = Index.openByHand(disk, FOLDER, scenario.config());
      while (acknowledged < scenario.length()) {
        scenario.update(index, acknowledged);
        acknowledged++;
        switch (random.nextInt(10)) {
          case 0 -> {
            index.close();
            index = Index.openByHand(disk, FOLDER, scenario.config());
          }
          case 1, 2 -> index.wantCheckpoint();
          case 3 -> index.optimize();
          default -> {
            // Only what is due.
          }
        }
        int most = random.nextInt(4);
        for (int i = 0; i < most && index.maintain(); i++) {
          scenario.check(index, acknowledged, random);
        }
      }
      index.close();
      assertEquals(0, disk.open());
    }

    /** The power fails; afterwards it may fail again at any moment. */
    private void crash() throws IOException {
      crashes++;
      SimulatedDisk after = disk.crash(outcomes);
      int count = acknowledged + 1;
      if (outcomes.nextInt(4) > 0) {
        count = open(after);
      } else {
        SimulatedDisk twice = crashedLater(after);
        count = open(twice);
      }
      assertTrue(count == acknowledged || count == acknowledged + 1, () -> "lost: " + acknowledged);
    }

    /** The program is killed, started again, and then the power fails. */
    private void kill() throws IOException {
      crashes++;
      int count = open(crashedLater(disk.copy()));
      assertTrue(count == acknowledged || count == acknowledged + 1, () -> "lost: " + acknowledged);
    }

    /** Opens the index and lets the power fail at some moment of that. */
    private SimulatedDisk crashedLater(SimulatedDisk started) throws IOException {
      int at = outcomes.nextInt(20);
      int[] step = new int[1];
      SimulatedDisk[] crashed = new SimulatedDisk[1];
      started.watch((operation, file) -> {
        if (step[0]++ == at) {
          crashed[0] = started.crash(outcomes);
        }
        return SimulatedDisk.WHOLE;
      });
      Index index = Index.openByHand(started, FOLDER, scenario.config());
      int count = scenario.count(index);
      assertTrue(count == acknowledged || count == acknowledged + 1, () -> "lost: " + acknowledged);
      if (crashed[0] == null) {
        crashed[0] = started.crash(outcomes);
      }
      index.close();
      return crashed[0];
    }

    /** Opens the index, checks it, goes on with it, and opens it again. */
    private int open(SimulatedDisk found) throws IOException {
      Index index = Index.openByHand(found, FOLDER, scenario.config());
      int count = scenario.count(index);
      scenario.check(index, count, outcomes);
      if (outcomes.nextInt(4) > 0) {
        index.close();
        assertEquals(0, found.open());
        return count;
      }
      int now = count;
      for (int i = 0; i < GOING_ON && now < scenario.length(); i++) {
        scenario.update(index, now++);
      }
      index.wantCheckpoint();
      index.maintain();
      SimulatedDisk after = found.crash(outcomes);
      Index again = Index.openByHand(after, FOLDER, scenario.config());
      scenario.check(again, now, outcomes);
      again.close();
      index.close();
      assertEquals(0, found.open());
      assertEquals(0, after.open());
      return count;
    }
  }
}
