/**
 * Many indexes in a directory: {@link org.incipit.server.index.catalog.IndexCatalog} creates,
 * leases and deletes them by name, {@link org.incipit.server.index.catalog.IndexPlace} finds them
 * for programs that only look into them. One that is found damaged, at the opening or later, is
 * refused until it is deleted, and keeps no other from serving.
 *
 * <p>An index lies in {@code DIR/index/<name>/<generation>/}, and beside the generations of a name,
 * of which at most one is not waiting to be removed, a file {@code state}, numbers little-endian:
 *
 * <pre>
 * state      := "INCIPCAT" format generation exists crc
 * format     := u32                     1
 * generation := u64                     the last one used; 0 if none was
 * exists     := u32                     1 if there is an index, of that generation, otherwise 0
 * crc        := u32                     CRC32C of all before
 * </pre>
 *
 * <p>Imports: {@code index}, {@code index.snapshot}, {@code index.store}, {@code index.file}.
 */
@NullMarked
package org.incipit.server.index.catalog;

import org.jspecify.annotations.NullMarked;
