/**
 * Changes and the write-ahead log that makes them last. A {@code Batch} becomes one record; {@code
 * WriteAheadLog} writes those of all waiting writers and syncs once for all of them.
 *
 * <p>A log is a row of files named by the first sequence number in them, sixteen hexadecimal digits
 * and {@code .log}; {@code .spare} files are zeros, made for later. Numbers are little-endian:
 *
 * <pre>
 * file     := magic version first salt crc record* (end | zero*)
 * magic    := "INCIPLOG"
 * version  := u32                     1
 * first    := u64                     sequence number of the first record
 * salt     := u64                     random; nobody outside can spell a record of this file
 * crc      := u32                     CRC32C of all before
 * record   := length check sequence group salt payload zero{0..7}
 * length   := u32                     bytes of payload, at least 16
 * check    := u32                     CRC32C of length, and of all from sequence on
 * sequence := u64                     of the commit: one more than that of the record before
 * group    := u64                     sequence number of the first record of the same sync
 * end      := u32(8) check sequence group salt u64(0)   numbers of the next record
 * payload  := version entries changes
 * version  := u64                     of the index after this commit
 * entries  := u32 (text text)*        metadata: their number, then keys and values
 * text     := u32 byte*               length in bytes, UTF-8
 * changes  := u32 change*             their number
 * change   := u32 u32 u32*            id, number of hashes, hashes; number 2^32 - 1: deleted
 * </pre>
 *
 * <p>Records begin at multiples of 8. A file is closed by {@code end} before the next one is begun,
 * and when the program ends. Only without it can records be torn: those of one group, in the last
 * file. They are cut off if no whole one of a later group follows, and what is left is written to a
 * new file before anything else, since a failed sync can leave bytes that are read but not kept.
 * Everything else is damage.
 *
 * <p>Imports: {@code index.file}. Imported by {@code index}.
 */
@NullMarked
package org.incipit.server.index.change;

import org.jspecify.annotations.NullMarked;
