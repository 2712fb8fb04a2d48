package org.incipit.server.index.file;

import java.io.IOException;

/** Told of damage that was found, by who looks for all of it. */
@FunctionalInterface
public interface DamageSink {
  /** Ends with the first one. */
  DamageSink THROW =
      damage -> {
        throw damage;
      };

  /**
   * One place that is damaged.
   *
   * @throws IOException to end the search
   */
  void damage(CorruptIndexException damage) throws IOException;
}
