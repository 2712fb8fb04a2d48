package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.segment.Segment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to a file of an index: it is reported with its name, or no answer changes. */
class IndexDamageTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final Path FOLDER = Path.of("/data/index");
  private static final int LENGTH = 12;

  private final SimulatedDisk disk = new SimulatedDisk();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Scenario scenario = new Scenario(random.split(), LENGTH);
  private final IndexConfig config = scenario.config().withLogFileBytes(1 << 15);

  /** Two segments, the log of some batches that are in them, and of some that are not. */
  @BeforeEach
  void makeIndex() throws IOException {
    Index index = Index.openByHand(disk, FOLDER, config);
    for (int i = 0; i < LENGTH; i++) {
      scenario.update(index, i);
      if (i == 3 || i == 7) {
        index.wantCheckpoint();
        assertTrue(index.maintain());
      }
      if (i == 5 || i == 9) {
        index.close();
        index = Index.openByHand(disk, FOLDER, config);
      }
    }
    index.close();
    long segments = disk.list(FOLDER).stream().filter(name -> name.endsWith(".segment")).count();
    long logs = disk.list(FOLDER).stream().filter(name -> name.endsWith(".log")).count();
    assertEquals(2, segments);
    assertTrue(logs >= 2, disk.list(FOLDER).toString());
  }

  @Test
  void everyFlippedByteIsReportedOrChangesNothing() throws IOException {
    int reported = 0;
    int harmless = 0;
    for (String name : disk.list(FOLDER)) {
      Path file = FOLDER.resolve(name);
      byte[] content = disk.content(file);
      for (int at = 0; at < content.length; at++) {
        byte[] flipped = content.clone();
        flipped[at] ^= (byte) (1 + random.nextInt(255));
        SimulatedDisk damaged = disk.copy();
        damaged.put(file, flipped);
        if (isRight(damaged, file, at)) {
          harmless++;
        } else {
          reported++;
        }
      }
    }
    assertTrue(reported > 10_000, "only " + reported + " reported");
    System.getLogger("tests")
        .log(System.Logger.Level.INFO, reported + " reported, " + harmless + " harmless");
  }

  /** Whether the index answers rightly; otherwise it must name this file. */
  private boolean isRight(SimulatedDisk damaged, Path file, int at) throws IOException {
    Segment.Residence residence = at % 2 == 0 ? Segment.Residence.MAPPED : Segment.Residence.LOADED;
    try (Index index = Index.openByHand(damaged, FOLDER, config.withResidence(residence))) {
      scenario.check(index, LENGTH, random);
      return true;
    } catch (CorruptIndexException e) {
      assertEquals(file, e.file(), () -> "byte " + at + ": " + e.getMessage());
      return false;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dtests.seed=" + SEED + ", " + file + ", byte " + at, e);
    } finally {
      assertEquals(0, damaged.open(), "open files");
    }
  }

  @Test
  void everyTruncatedFileIsReportedOrChangesNothing() throws IOException {
    int reported = 0;
    for (String name : disk.list(FOLDER)) {
      Path file = FOLDER.resolve(name);
      byte[] content = disk.content(file);
      for (int length = 0; length < content.length; length += 1 + random.nextInt(40)) {
        SimulatedDisk damaged = disk.copy();
        damaged.put(file, Arrays.copyOf(content, length));
        reported += isRight(damaged, file, length) ? 0 : 1;
      }
    }
    assertTrue(reported > 200, "only " + reported + " reported");
  }

  @Test
  void everyLongerFileIsReportedOrChangesNothing() throws IOException {
    for (String name : disk.list(FOLDER)) {
      Path file = FOLDER.resolve(name);
      byte[] content = disk.content(file);
      for (int more : new int[] {1, 8, 128, 4096}) {
        for (byte fill : new byte[] {0, 1}) {
          byte[] longer = Arrays.copyOf(content, content.length + more);
          Arrays.fill(longer, content.length, longer.length, fill);
          SimulatedDisk damaged = disk.copy();
          damaged.put(file, longer);
          isRight(damaged, file, more);
        }
      }
    }
  }

  @Test
  void everyMissingFileIsReportedOrChangesNothing() throws IOException {
    int reported = 0;
    for (String name : disk.list(FOLDER)) {
      SimulatedDisk damaged = disk.copy();
      damaged.delete(FOLDER.resolve(name));
      try (Index index = Index.openByHand(damaged, FOLDER, config)) {
        scenario.check(index, LENGTH, random);
      } catch (IOException e) {
        assertTrue(e.getMessage().contains(FOLDER.toString()), e.getMessage());
        reported++;
      }
      assertEquals(0, damaged.open(), "open files");
    }
    assertTrue(reported >= 3, "only " + reported + " reported");
  }

  @Test
  void aSearchAfterTheEndIsRefusedAndDoesNotHang() throws IOException {
    Index index = Index.openByHand(disk, FOLDER, config);
    index.close();
    assertThrows(IllegalStateException.class, index::info);
    assertThrows(IllegalStateException.class, () -> index.get(1));
    assertThrows(IllegalStateException.class, () -> index.checkpoint(Duration.ZERO));
    assertThrows(IllegalStateException.class, () -> scenario.check(index, LENGTH, random));
    assertThrows(IllegalStateException.class, () -> scenario.update(index, LENGTH - 1));
    index.close();
  }
}
