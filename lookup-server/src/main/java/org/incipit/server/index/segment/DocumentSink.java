package org.incipit.server.index.segment;

import java.io.IOException;

/** Receives documents. */
@FunctionalInterface
public interface DocumentSink {
  /**
   * One document.
   *
   * @param id unsigned, not 0
   * @param hashes lent for the length of the call; the first {@code count} are its hashes
   */
  void document(int id, int[] hashes, int count) throws IOException;
}
