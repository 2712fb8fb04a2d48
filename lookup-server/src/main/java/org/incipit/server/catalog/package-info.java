/**
 * The catalogue: tracks, their fingerprints, what people call them, and what was submitted. It is
 * the truth; indexes are derived from it.
 *
 * <pre>
 * Catalog          opened on SQLite in a folder, or on PostgreSQL
 *  ├ Submissions   pending → imported | rejected, claimed by one importer at a time
 *  ├ Feed          the numbered list of changes that an index follows
 *  ├ Tracks        fingerprints, MBIDs, text metadata, foreign ids, fetched for many at once
 *  └ Keys          of applications and of users
 * CatalogCopy      the whole of one, as it is at one moment, into another store
 * Database         runs Work in transactions, each with a Session, in a Dialect
 *  ├ SqliteDatabase    Job → JobQueue → SqliteWriter (one, group commit), SqliteReaders
 *  └ PostgresDatabase  on the calling thread, pooled
 * Schema           the tables, one text in two dialects, migrated when opened
 * </pre>
 *
 * <p>Ids are positive. Those of fingerprints are ids of documents in the index, 1..2^32-1. Times
 * are microseconds since 1970.
 *
 * <p>Imports nothing of ours but {@code org.incipit.fingerprint}. Nothing else sees {@code
 * java.sql}.
 */
@NullMarked
package org.incipit.server.catalog;

import org.jspecify.annotations.NullMarked;
