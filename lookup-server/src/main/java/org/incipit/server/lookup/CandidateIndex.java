package org.incipit.server.lookup;

import java.io.IOException;
import java.time.Duration;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;

/** The index that follows the catalogue: documents are fingerprints, hashes are their terms. */
public interface CandidateIndex {
  /**
   * Searches. Waits for its threads and its disk.
   *
   * @param timeout of all of it
   * @throws IndexLoadingException while it is being built or catches up
   */
  Hits search(Query query, Duration timeout) throws IOException;
}
