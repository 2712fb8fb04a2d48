package org.incipit.server.lookup;

/**
 * What lookups have done so far.
 *
 * @param lookups calls
 * @param queries in them
 * @param found queries that some track matched
 * @param cutOff queries whose search took longer than it may
 * @param compared candidates, of the right duration, whose fingerprints were compared
 */
public record LookupStats(long lookups, long queries, long found, long cutOff, long compared) {}
