package org.incipit.server.index;

import java.util.Map;
import org.incipit.server.index.segment.DocumentSet;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.store.Snapshot;

/**
 * What an index holds at a moment.
 *
 * @param version unsigned
 * @param metadata all entries
 * @param segments parts, on disk or in memory
 * @param documents ids mentioned, counted in each part: deleted and superseded ones count until
 *     they are merged away
 * @param minId the smallest id mentioned, unsigned, 0 if there is none
 * @param maxId the greatest, 0 if there is none
 * @param fileVersion version after the last commit that is in a file
 */
public record IndexInfo(
    long version,
    Map<String, String> metadata,
    int segments,
    long documents,
    int minId,
    int maxId,
    long fileVersion) {
  static IndexInfo of(Snapshot snapshot, long fileVersion) {
    long documents = 0;
    int minId = 0;
    int maxId = 0;
    for (Part part : snapshot.parts()) {
      DocumentSet set = part.documents();
      if (set.size() > 0) {
        boolean least = documents == 0 || Integer.compareUnsigned(set.minId(), minId) < 0;
        minId = least ? set.minId() : minId;
        maxId = Integer.compareUnsigned(set.maxId(), maxId) > 0 ? set.maxId() : maxId;
        documents += set.size();
      }
    }
    return new IndexInfo(
        snapshot.version(),
        snapshot.metadata(),
        snapshot.parts().size(),
        documents,
        minId,
        maxId,
        fileVersion);
  }
}
