/**
 * An inverted index that lasts: {@link org.incipit.server.index.Index} takes batches of changes and
 * answers queries.
 *
 * <p>A batch goes to the write-ahead log ({@code CommitQueue}: one sync for all who wait) and
 * becomes a run, which is appended to the present snapshot. Runs are merged and written to segment
 * files by the {@code MemoryTier}, segments merged by the {@code SegmentTier} as the {@code
 * MergePolicy} says; each has a thread of its own, an {@code Upkeep}, whose pace a {@code Throttle}
 * sets so that searches hardly notice; both are the index's {@code Maintenance}. If the postings of
 * segments were not verified when the index was opened, its {@code Scrub} does that between merges,
 * and before each; when it finds damage, nothing is answered any more. A reader holds a snapshot
 * and takes no lock.
 *
 * <p>Two numbers: the sequence of commits is dense and only known here; the version is the
 * callers', grows by one for each update or jumps to the position that a feed gives. Both are
 * stored with the data.
 *
 * <p>Files of an index: {@code manifest}, which is there before any other, {@code *.segment},
 * {@code *.log}, {@code *.spare}, zeros that will be a log, and {@code lock}, which who has it open
 * has locked; names ending in {@code .new} are unfinished.
 *
 * <p>Imports: {@code index.store}, {@code index.snapshot}, {@code index.check}, {@code
 * index.search}, {@code index.segment}, {@code index.change}, {@code index.file}. Imported by
 * {@code index.catalog}, {@code index.transfer}, {@code fpindex}, {@code org.incipit.server}.
 */
@NullMarked
package org.incipit.server.index;

import org.jspecify.annotations.NullMarked;
