/**
 * A data directory as a folder of files that can be kept, and back.
 *
 * <pre>
 * TO/backup.json            manifest: each file with its length and CRC32C, each table with its rows
 * TO/indexes/NAME.snapshot  first, so that no index is ahead of the catalogue
 * TO/catalog.db             the catalogue as it was at one moment, wherever it is kept
 * </pre>
 *
 * <p>Nothing stands still for it: indexes come from an {@code IndexSource}, of the directory itself
 * or over HTTP from the server that has it. A backup or a restored directory has its name only when
 * it is whole; if it is an empty folder already, its files come up into it then. Before there is
 * anything in a directory, all checksums and rows have been verified. Only their owner may read
 * either.
 *
 * <p>Imports: {@code catalog.store}, {@code index} and its rooms {@code catalog}, {@code file};
 * {@code http.client}. Imported by the command line.
 */
@NullMarked
package org.incipit.server.backup;

import org.jspecify.annotations.NullMarked;
