package org.incipit.server.index.change;

/**
 * A batch with its place in the order of all.
 *
 * @param sequence from 1 on, without gaps
 * @param version of the index after it; unsigned, ascending
 */
public record Commit(long sequence, long version, Batch batch) {}
