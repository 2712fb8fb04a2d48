package org.incipit.server.catalog;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Fingerprints that were asked for, so many at a time as take little memory: who compares them and
 * keeps none needs no more than a chunk of it, however many and however large they are. Of one
 * thread.
 */
public interface FingerprintChunks {
  /** Whether there may be more. */
  boolean hasNext();

  /**
   * The next ones if all of them are in memory anyway, however that may change; nothing is read.
   *
   * @return nothing if one of them is not: {@link #next} has them all
   */
  Optional<Map<Long, StoredFingerprint>> nextInMemory();

  /**
   * The next ones by their ids: at least one if there is one, and no more once they have so many
   * bytes as a chunk is to have. Waits.
   *
   * @return empty if there are none any more
   */
  Map<Long, StoredFingerprint> next() throws IOException;
}
