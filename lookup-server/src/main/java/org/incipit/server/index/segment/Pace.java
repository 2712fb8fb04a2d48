package org.incipit.server.index.segment;

import java.io.IOException;

/** Told how maintenance goes on, which it may slow down or end. Of one thread. */
@FunctionalInterface
public interface Pace {
  /** As fast as it goes. */
  Pace FREE = bytes -> {};

  /**
   * Called after each piece of work, of some ten microseconds to a few milliseconds. May wait.
   *
   * @param bytes of files written or read in it
   * @throws IOException to give the work up
   */
  void step(long bytes) throws IOException;
}
