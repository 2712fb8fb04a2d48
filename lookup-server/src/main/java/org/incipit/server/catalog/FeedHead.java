package org.incipit.server.catalog;

/**
 * Where the catalogue stands.
 *
 * @param position of its newest change; 0 if there is none
 * @param lastFingerprint the highest id; new ones follow without gaps
 * @param lastTrack likewise
 */
public record FeedHead(long position, long lastFingerprint, long lastTrack) {}
