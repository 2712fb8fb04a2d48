package org.incipit.server.intake;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.Submission;

/** What an importer needs of a {@link org.incipit.server.catalog.Catalog}. */
interface ImportSource extends ChangeSource {
  List<Submission> claim(int most) throws IOException;

  void release() throws IOException;

  /** In chunks, of which an importer has a few in memory. */
  FingerprintChunks fingerprints(Collection<Long> ids, int shortest, int longest);

  /** By track. */
  Map<Long, List<Long>> fingerprintIds(Collection<Long> tracks) throws IOException;

  boolean decide(FeedHead expected, List<Decision> decisions) throws IOException;
}
