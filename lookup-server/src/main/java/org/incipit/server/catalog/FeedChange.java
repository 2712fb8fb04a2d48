package org.incipit.server.catalog;

import org.incipit.fingerprint.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A change that an index is to take over.
 *
 * @param position from 1 on, without gaps, in the order of commits
 * @param mark by which the change differs from one that another history has at this position
 * @param id of the fingerprint that changed
 * @param fingerprint as it is now; null if it is gone or damaged
 */
public record FeedChange(
    long position,
    long mark,
    long id,
    long track,
    int duration,
    @Nullable Fingerprint fingerprint) {}
