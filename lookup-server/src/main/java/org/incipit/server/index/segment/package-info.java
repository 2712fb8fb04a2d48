/**
 * Parts of an index: what some neighbouring commits changed. A {@link
 * org.incipit.server.index.segment.Run} holds it in memory as sorted postings, a {@link
 * org.incipit.server.index.segment.Segment} in a file. {@link
 * org.incipit.server.index.segment.PartMerger} makes one segment, or one run, of several parts, in
 * steps of some ten thousand postings and at a {@link org.incipit.server.index.segment.Pace}. A
 * segment is verified when it is opened; of its blocks of postings that can be put off, and is then
 * done piece by piece ({@code SegmentScrub}).
 *
 * <p>A segment file, numbers little-endian:
 *
 * <pre>
 * segment   := magic version blocks directory groups documents places sums footer
 * magic     := "INCIPSEG"
 * version   := u32 u32                  1, 0
 * blocks    := block*                   256 postings each (see the package postings), the last one
 *                                       fewer; then 8 bytes that readers may touch
 * directory := (key id offset)*         for each block: first hash without the shared zero bits,
 * key, id, offset := u32                its id less the smallest one, where the block begins
 *                                       relative to its group
 * groups    := u64*                     for each 4096 blocks, where they begin in the file
 * documents := block*                   256 each: (id - minId) * 2, + 1 if deleted; 8 bytes more
 * places    := (first offset)*          for each block of documents, u64 each: first number, where
 * sums      := u32*                     CRC32C of each 64 KiB of all before
 * footer    := u64{15} crc              lengths and ranges, see {@code SegmentFooter}; CRC32C of
 *                                       sums and the footer before it, in a u64
 * </pre>
 *
 * <p>Each of directory, groups, documents, places, sums and footer begins at a multiple of 8; zeros
 * fill what is before it.
 *
 * <p>Imports: {@code index.postings}, {@code index.file}. Imported by {@code index.search} and
 * {@code index}.
 */
@NullMarked
package org.incipit.server.index.segment;

import org.jspecify.annotations.NullMarked;
