/**
 * An inverted index that lasts: {@link org.incipit.server.index.Index} takes batches of changes and
 * answers queries.
 *
 * <p>A batch goes to the write-ahead log ({@code CommitQueue}: one sync for all who wait) and
 * becomes a run, which the {@code Timeline} appends to the present {@code Snapshot}. Runs are
 * merged and written to segment files by the {@code MemoryTier}, segments merged by the {@code
 * SegmentTier}; each has a thread of its own, an {@code Upkeep}, whose pace a {@code Throttle} sets
 * so that searches hardly notice. The {@code SegmentStore} decides by its manifest which files
 * belong to the index. A reader holds a snapshot and takes no lock; a file goes when the last
 * snapshot that has it was let go.
 *
 * <p>Two numbers: the sequence of commits is dense and only known here; the version is the
 * callers', grows by one for each update or jumps to the position that a feed gives. Both are
 * stored with the data.
 *
 * <p>Files of an index: {@code manifest}, {@code *.segment}, {@code *.log}; names ending in {@code
 * .new} are unfinished.
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
 * <p>The stream of a snapshot, numbers little-endian:
 *
 * <pre>
 * stream   := magic format length manifest segment* crc
 * magic    := "INCIPSNP"
 * format   := u32                       1
 * length   := u32                       bytes of the manifest
 * manifest := byte*                     as above; the last segment may be of what was not in one
 * segment  := byte*                     the files that it names, in its order, as long as it says
 * crc      := u32                       CRC32C of all before; nothing follows
 * </pre>
 *
 * <p>An {@code IndexCatalog} keeps many indexes in {@code DIR/index/<name>/<generation>/}, and
 * beside the generations of a name, of which at most one is not waiting to be removed, a file
 * {@code state}:
 *
 * <pre>
 * state    := "INCIPCAT" format generation exists crc
 * generation := u64                     the last one used; 0 if none was
 * exists   := u32                       1 if there is an index, of that generation, otherwise 0
 * </pre>
 *
 * <p>Imports: {@code index.search}, {@code index.segment}, {@code index.change}, {@code
 * index.file}.
 */
@NullMarked
package org.incipit.server.index;

import org.jspecify.annotations.NullMarked;
