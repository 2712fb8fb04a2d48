package org.incipit.server.intake;

import java.io.IOException;
import org.incipit.server.lookup.LookupQuery;

/** The fingerprints that tracks have in the catalogue. */
interface Members {
  /** Whether a query is as long as each that a track has and scores enough with it. May wait. */
  boolean areAllLike(LookupQuery query, long track) throws IOException;
}
