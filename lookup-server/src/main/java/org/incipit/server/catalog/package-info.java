/**
 * The catalogue: tracks, their fingerprints, what people call them, and what was submitted. It is
 * the truth; indexes are derived from it.
 *
 * <pre>
 * Catalog          opened on SQLite in a folder, or on PostgreSQL
 *  ├ Submissions   pending → imported | rejected, claimed by one importer at a time (ImportClaim)
 *  ├ Feed          the numbered list of changes that an index follows; a Decision of the importer
 *  │               becomes rows and a change in one transaction (DecisionRows)
 *  ├ Tracks        fingerprints, MBIDs, text metadata, foreign ids, fetched for many at once, the
 *  │               hot fingerprints from a FingerprintCache
 *  └ Keys          of applications and of users
 * </pre>
 *
 * <p>Each of them is work in a transaction of the {@code store}; {@code …Columns} bind and read
 * what several of them store. Fingerprints lie there compressed ({@code PackedBytes}). Nobody reads
 * more of them at once than a {@code ReadLimit} lets him, and a damaged one is left out, not
 * stumbled over ({@code DamagedRows}).
 *
 * <p>Ids are positive. Those of fingerprints are ids of documents in the index, 1..2^32-1. Times
 * are microseconds since 1970.
 *
 * <p>Imports {@code catalog.store}, {@code org.incipit.fingerprint}. Imported by {@code lookup},
 * {@code intake}, {@code acoustid}, {@code org.incipit.server}.
 */
@NullMarked
package org.incipit.server.catalog;

import org.jspecify.annotations.NullMarked;
