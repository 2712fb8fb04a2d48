/**
 * What an index is made of, on disk and at this moment: the {@code SegmentStore} decides by its
 * {@code Manifest} which files belong to it; the {@code Timeline} has the present {@code Snapshot}
 * and makes the next one: a batch becomes a run ({@code BatchRun}) behind the others ({@code
 * RunTail}, which merges small ones, so that one-document updates do not make a search look in
 * thousands of parts). A reader holds a snapshot; a file goes when the last snapshot that has it
 * was let go. None of this is for users of the index.
 *
 * <pre>
 * manifest := magic format sequence logged version metadata segments crc
 * magic    := "INCIPMNF"
 * format   := u32                       1
 * sequence := u64                       of the last commit in a segment
 * logged   := u64                       a commit that the log had when it was closed, or the same
 * version  := u64                       of the index after sequence
 * metadata := u32 (text text)*          number of entries, keys and values
 * segments := u32 (text u64)*           number of segments, file names and lengths, oldest first
 * text     := u32 byte*                 length in bytes, UTF-8
 * crc      := u32                       CRC32C of all before
 * </pre>
 *
 * <p>Numbers are little-endian.
 *
 * <p>Imports: {@code index.segment}, {@code index.postings}, {@code index.change}, {@code
 * index.file}. Imported by {@code index}, {@code index.snapshot}, {@code index.check}, {@code
 * index.catalog}.
 */
@NullMarked
package org.incipit.server.index.store;

import org.jspecify.annotations.NullMarked;
