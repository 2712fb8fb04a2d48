package org.incipit.server.catalog.store;

/**
 * How much the database of a catalogue has to do.
 *
 * @param busy connections that work now
 * @param waiting callers that wait for one now
 * @param refused callers since it was opened that got none: too many waited, or it took too long
 * @param waitedNanos what those waited that got one
 */
public record CatalogLoad(int busy, int waiting, long refused, long waitedNanos) {}
