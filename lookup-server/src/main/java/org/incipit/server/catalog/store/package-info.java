/**
 * Where a catalogue lies: a SQLite file, or a database in PostgreSQL. Above this room nobody knows
 * which.
 *
 * <pre>
 * CatalogConfig    which one, and its limits
 * Database         runs Work in transactions, each with a Session, in a Dialect
 *  ├ SqliteDatabase    Job → JobQueue → SqliteWriter (one, group commit) | SqliteReader (some);
 *  │                   each a SqliteThread with a SqliteConnection
 *  └ PostgresDatabase  on the calling thread, pooled, retried after conflicts
 * Schema           the tables, schema-1.sql in both dialects, migrated when opened
 * Columns          values that may be absent
 * CatalogCopy      the whole of one, as it is at one moment, into another: TableCopy between two
 *                  CopyConnections
 * Failures         errors of a driver → CatalogException (it may work later, or nobody knows whether
 *                  it has) | IllegalStateException (it will never work)
 * </pre>
 *
 * <p>Imports, of ours, {@code task}. Imported by {@code catalog} and, for configurations and
 * exceptions, by who opens one. Nothing but the two sees {@code java.sql}.
 */
@NullMarked
package org.incipit.server.catalog.store;

import org.jspecify.annotations.NullMarked;
