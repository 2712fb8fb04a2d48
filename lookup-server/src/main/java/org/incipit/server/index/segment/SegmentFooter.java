package org.incipit.server.index.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Regions;
import org.incipit.server.index.postings.CodeSpace;
import org.incipit.server.index.postings.EliasFano;

/** The end of a segment file: what it holds, and where its tables begin. */
record SegmentFooter(
    CommitRange commits,
    CodeSpace space,
    long postings,
    long documents,
    int minId,
    int maxId,
    long directory,
    long groups,
    long documentBlocks,
    long documentPlaces,
    long end) {
  static final int BYTES = 16 * 8;
  static final long MAGIC = 0x4745535049434e49L; // "INCIPSEG"
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;

  /** Writes all but the checksum. */
  void put(ByteBuffer into) {
    into.putLong(MAGIC).putInt(VERSION).putInt(space.hashShift());
    into.putLong(commits.first()).putLong(commits.last()).putLong(commits.version());
    into.putInt(space.minId()).putInt(0).putLong(space.idCount());
    into.putLong(postings).putLong(documents).putInt(minId).putInt(maxId);
    into.putLong(directory).putLong(groups).putLong(documentBlocks).putLong(documentPlaces);
    into.putLong(end);
  }

  /** Reads a footer whose checksum is right. */
  static SegmentFooter read(ByteBuffer from, Path path, long position) throws IOException {
    long magic = from.getLong();
    int version = from.getInt();
    if (magic != MAGIC || version != VERSION) {
      throw new CorruptIndexException(
          path, position, "not a segment of format " + VERSION + " (format " + version + ")");
    }
    int hashShift = from.getInt();
    CommitRange commits = new CommitRange(from.getLong(), from.getLong(), from.getLong());
    int minId = from.getInt();
    from.getInt();
    CodeSpace space = new CodeSpace(hashShift, minId, from.getLong());
    return new SegmentFooter(
        commits,
        space,
        from.getLong(),
        from.getLong(),
        from.getInt(),
        from.getInt(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong(),
        from.getLong());
  }

  /** Blocks of postings. */
  long blocks() {
    return (postings + EliasFano.BLOCK - 1) >>> 8;
  }

  /** Length of the file. */
  long fileBytes() {
    return end + (Regions.count(end) * 4 + 7 & -8) + BYTES;
  }
}
