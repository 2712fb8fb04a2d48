/**
 * Whose fingerprint is this: the index names candidates, each is compared with what the catalogue
 * has stored, the best of each track remains. Logic alone: it sees neither HTTP nor SQL.
 *
 * <pre>
 * LookupQuery, up to 20 of a call
 *   → Candidates    terms of each → CandidateIndex → ids, by shared terms
 *   → Tracks        the fingerprints of all candidates of all queries, in one chunk usually, and
 *                   never more than that in memory; so many lookups read one at a time (Turns)
 *   → Contenders    those about as long, by compare2's score (Ranking); only scores are kept
 *   → LookupMatch   each track once, by the best of its fingerprints
 * </pre>
 *
 * <p>The import of submissions asks {@link org.incipit.server.lookup.Candidates} and {@link
 * org.incipit.server.lookup.Contenders}, too, with limits of its own. How long a fingerprint can be
 * at all says {@link org.incipit.server.lookup.PlausibleLength}.
 *
 * <p>Imports: {@code catalog}, {@code index.search}, {@code org.incipit.fingerprint}. Imported by
 * {@code intake}, {@code acoustid} and the command line.
 */
@NullMarked
package org.incipit.server.lookup;

import org.jspecify.annotations.NullMarked;
