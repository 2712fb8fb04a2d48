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
    long first = from.getLong();
    long last = from.getLong();
    long after = from.getLong();
    int minId = from.getInt();
    from.getInt();
    long idCount = from.getLong();
    if (first < 1
        || last < first
        || hashShift < 0
        || hashShift > 31
        || idCount < 1
        || idCount > (1L << 32) - Integer.toUnsignedLong(minId)) {
      throw new CorruptIndexException(path, position, "no such commits, hashes or ids");
    }
    SegmentFooter footer =
        new SegmentFooter(
            new CommitRange(first, last, after),
            new CodeSpace(hashShift, minId, idCount),
            from.getLong(),
            from.getLong(),
            from.getInt(),
            from.getInt(),
            from.getLong(),
            from.getLong(),
            from.getLong(),
            from.getLong(),
            from.getLong());
    if (!footer.fits()) {
      throw new CorruptIndexException(path, position, "tables are not where they must be");
    }
    return footer;
  }

  /** Whether the tables are as long as the numbers of postings and documents say. */
  private boolean fits() {
    long most = 1L << 48;
    return postings >= 0
        && postings < most
        && documents >= 0
        && documents < most
        && blocks() < Integer.MAX_VALUE
        && HEADER_BYTES <= directory
        && directory <= groups
        && groups <= documentBlocks
        && documentBlocks <= documentPlaces
        && documentPlaces <= end
        && directory + (blocks() * StoredPostings.ENTRY_BYTES + 7 & -8) == groups
        && groups
                + 8
                    * ((blocks() + (1 << StoredPostings.GROUP_SHIFT) - 1)
                        >>> StoredPostings.GROUP_SHIFT)
            == documentBlocks
        && documentPlaces + 16 * ((documents + EliasFano.BLOCK - 1) >>> 8) == end;
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
