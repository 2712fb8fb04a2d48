package org.incipit.server.lookup;

import java.util.Collection;
import org.incipit.server.catalog.FingerprintChunks;

/** Where fingerprints are stored; {@link org.incipit.server.catalog.Tracks} in a server. */
interface FingerprintSource {
  /** Those that are there and of about one duration; both bounds are inclusive. */
  FingerprintChunks fingerprints(Collection<Long> ids, int shortest, int longest, long chunkBytes);
}
