/**
 * An index as a stream of bytes, from which {@code SnapshotReader} makes an index again. Numbers
 * are little-endian:
 *
 * <pre>
 * stream   := magic format length manifest segment* crc
 * magic    := "INCIPSNP"
 * format   := u32                       1
 * length   := u32                       bytes of the manifest
 * manifest := byte*                     see index.store; the last segment may be of what was not
 *                                       in one
 * segment  := byte*                     the files that it names, in its order, as long as it says
 * crc      := u32                       CRC32C of all before; nothing follows
 * </pre>
 *
 * <p>Imports: {@code index.store}, {@code index.check}, {@code index.segment}, {@code index.file}.
 * Imported by {@code index} and {@code index.catalog}.
 */
@NullMarked
package org.incipit.server.index.snapshot;

import org.jspecify.annotations.NullMarked;
