package org.incipit.server.catalog;

/**
 * What a cache has done since it was opened.
 *
 * @param hits asked for and in memory
 * @param misses asked for and not in memory, whether or not the database had them
 * @param bytes that it takes now, about
 */
public record CacheCounts(long hits, long misses, long bytes) {}
