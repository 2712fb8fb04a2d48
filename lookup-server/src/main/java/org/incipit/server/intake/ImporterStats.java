package org.incipit.server.intake;

/**
 * What an importer has done so far.
 *
 * @param founded submissions that became the first fingerprint of a new track
 * @param added those that became a further fingerprint of a track
 * @param counted those that count for a fingerprint that was there
 * @param rejected those that were not taken
 * @param batches decided
 * @param retries decisions in vain, because another importer was faster
 * @param busyNanos spent on all that
 */
public record ImporterStats(
    long founded,
    long added,
    long counted,
    long rejected,
    long batches,
    long retries,
    long busyNanos) {}
