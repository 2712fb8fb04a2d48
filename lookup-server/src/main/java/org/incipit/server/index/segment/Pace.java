package org.incipit.server.index.segment;

import java.io.IOException;

/** Told how a merge goes on, which it may slow down or end. */
@FunctionalInterface
public interface Pace {
  /** As fast as it goes. */
  Pace FREE = postings -> {};

  /**
   * Called after every few thousand postings.
   *
   * @throws IOException to give the merge up
   */
  void merged(int postings) throws IOException;
}
