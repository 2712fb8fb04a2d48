package org.incipit.server.lookup;

import java.util.UUID;

/**
 * A track that a fingerprint is of.
 *
 * @param score 0..1 of the best of its fingerprints
 * @param fingerprint which one that is
 */
public record LookupMatch(long track, UUID gid, float score, long fingerprint) {}
