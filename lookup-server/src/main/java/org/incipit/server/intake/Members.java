package org.incipit.server.intake;

import java.io.IOException;

/** The fingerprints that tracks have in the catalogue. */
interface Members {
  /**
   * Whether what is asked about is as long as each that a track has, and scores enough with it. May
   * wait.
   *
   * @param track one of those that the question matches
   */
  boolean areAllLike(Question question, long track) throws IOException;
}
