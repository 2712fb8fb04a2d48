package org.incipit.server.index.file;

import java.util.Map;
import java.util.random.RandomGenerator;

/** What has a name on a {@link SimulatedDisk}. */
sealed interface SimulatedEntry permits SimulatedFile, SimulatedFolder {
  /**
   * The same on another disk.
   *
   * @param copies of entries, which may have several names
   */
  SimulatedEntry copy(Map<SimulatedEntry, SimulatedEntry> copies);

  /**
   * What may be found of it when names and sectors not forced have come to last with these odds.
   */
  SimulatedEntry crash(RandomGenerator random, int names, int bytes);
}
