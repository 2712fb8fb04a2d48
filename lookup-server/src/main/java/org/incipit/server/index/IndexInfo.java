package org.incipit.server.index;

import java.util.Map;

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
    long fileVersion) {}
