package org.incipit.server.lookup;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.incipit.server.catalog.StoredFingerprint;

/** Where fingerprints are stored; {@link org.incipit.server.catalog.Tracks} in a server. */
interface FingerprintSource {
  /** Those that are there and of about one duration, by id; both bounds are inclusive. */
  Map<Long, StoredFingerprint> fingerprints(Collection<Long> ids, int shortest, int longest)
      throws IOException;
}
