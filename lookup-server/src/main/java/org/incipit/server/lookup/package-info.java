/**
 * Whose fingerprint is this: the index names candidates, each is compared with what the catalogue
 * has stored, the best of each track remains. Logic alone: it sees neither HTTP nor SQL.
 *
 * <pre>
 * LookupQuery, up to 20 of a call
 *   → Candidates    terms of each → CandidateIndex → ids, by shared terms
 *   → Tracks        the fingerprints of all candidates of all queries, at once
 *   → Ranking       those about as long, by compare2's score
 *   → LookupMatch   each track once, by the best of its fingerprints
 * </pre>
 *
 * <p>The import of submissions asks {@link org.incipit.server.lookup.Candidates} and {@link
 * org.incipit.server.lookup.Ranking}, too, with limits of its own.
 *
 * <p>Imports: {@code catalog}, {@code index.search}, {@code org.incipit.fingerprint}. Imported by
 * {@code intake}, {@code acoustid} and the command line.
 */
@NullMarked
package org.incipit.server.lookup;

import org.jspecify.annotations.NullMarked;
