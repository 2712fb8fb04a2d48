package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that writes to an index is killed again and again. {@code -Dtests.kills=N} kills it so
 * often, 30 times unless told.
 */
class IndexKillTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int KILLS = Integer.getInteger("tests.kills", 30);
  private static final int MOST_LINES = 400;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int[] acknowledged = new int[KillVictim.WRITERS];

  @TempDir private Path folder;

  @Test
  void aKilledProgramLosesNothingAcknowledgedAndNoBatchIsTorn() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      killOnce();
      try (Index index = KillVictim.open(folder)) {
        long batches = 0;
        for (int writer = 0; writer < KillVictim.WRITERS; writer++) {
          int last = KillVictim.last(index, writer);
          assertTrue(
              last == acknowledged[writer] || last == acknowledged[writer] + 1,
              "kill " + kill + ": " + last + " instead of " + acknowledged[writer]);
          assertEquals("", KillVictim.damage(index, writer, last), "kill " + kill);
          acknowledged[writer] = last;
          batches += last;
        }
        assertEquals(batches, index.info().version(), "kill " + kill);
      }
    }
    for (int count : acknowledged) {
      assertTrue(count > KILLS, "only " + count + " batches");
    }
  }

  /** Lets the program run until it has acknowledged some batches, and notes all of them. */
  private void killOnce() throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KillVictim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = victim.inputReader()) {
      int most = random.nextInt(MOST_LINES);
      int spins = random.nextInt(200_000);
      for (int count = 0; ; count++) {
        if (count == most) {
          for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
          }
          // The process itself would throw away what it has printed.
          victim.toHandle().destroyForcibly();
        }
        String line = lines.readLine();
        if (line == null) {
          assertTrue(count >= most, "the program ended by itself");
          break;
        }
        String[] words = line.split(" ");
        if (words.length == 2) {
          acknowledged[Integer.parseInt(words[0])] = Integer.parseInt(words[1]);
        }
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
  }
}
