/**
 * What comes into a catalogue, and what follows from it.
 *
 * <pre>
 * Importer        claims pending submissions, a batch at a time
 *  └ Decider      candidates of the index, and of the changes that it does not know (Unindexed)
 *     └ Plan      in their order: refused, counted for a fingerprint, added to a track, a new
 *                 track, which depends on all Members of a track
 * Feed.decide     carries it out, if the catalogue is still what was decided on
 * FollowedIndex   the index "_catalog", searched by lookups and by the importer
 *  └ Follower     takes changes over: batches of the feed, with the position as version
 * </pre>
 *
 * <p>A submission is refused when it has too few different hashes, or too many for its duration. It
 * belongs to the first track, by the best of its fingerprints, that has one scoring above 0.75 and
 * none scoring below 0.4, all of about the same duration; and counts for that best one above 0.9.
 * Those without metadata are kept.
 *
 * <p>The index remembers whose it is and the mark of the last change that it took over, in the same
 * batch. If the catalogue has another change at that position, or none, the index is built anew,
 * and what is kept of the history before is forgotten. The importer decides nothing unless index
 * and catalogue have the same history.
 *
 * <p>Each of both has a platform thread: an interrupt never meets the files of the index, and JNI
 * holds no carrier. Failures of database and disk are told once, and tried again, errors of the JVM
 * as well. A submission that fails on its own is tried three times, while others go on.
 *
 * <p>Imports: {@code catalog}, {@code lookup}, {@code index} and its rooms {@code catalog}, {@code
 * change}, {@code file}, {@code search}; {@code task}; {@code org.incipit.fingerprint}.
 */
@NullMarked
package org.incipit.server.intake;

import org.jspecify.annotations.NullMarked;
