/**
 * Documents of an index in files that others can read and write: {@link
 * org.incipit.server.index.transfer.DocumentWriter} writes them, {@link
 * org.incipit.server.index.transfer.DocumentReader} finds out by the first bytes which form a file
 * has, {@link org.incipit.server.index.transfer.IndexLoader} puts them into an index. All of it
 * streams.
 *
 * <p>JSON Lines: for each document a line <code>{"id":1,"hashes":[2,4294967295]}</code>, numbers
 * unsigned; both fields, in any order, and no others.
 *
 * <p>Binary, numbers little-endian:
 *
 * <pre>
 * file     := magic format document* end
 * magic    := "INCIPDOC"
 * format   := u32               1
 * document := id count hash*
 * id       := u32               not 0
 * count    := u32               of hashes
 * hash     := u32
 * end      := u32(0) total crc  nothing follows
 * total    := u64               number of documents
 * crc      := u32               CRC32C of all before
 * </pre>
 *
 * <p>Imports: {@code index}, {@code index.segment}, {@code index.change}. Only this package sees
 * Jackson.
 */
@NullMarked
package org.incipit.server.index.transfer;

import org.jspecify.annotations.NullMarked;
