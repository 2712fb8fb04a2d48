package org.incipit.server.index.segment;

import static java.lang.Integer.toUnsignedLong;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.postings.CodeSpace;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.EliasFanoList;

/**
 * Verifies that the blocks of a segment lie one behind the other where its tables say, and that
 * tables ascend. Right checksums do not prove that: a segment may come from somebody else. Once it
 * holds, nobody who reads blocks reads outside of the file, whatever is in them.
 */
final class SegmentLayout {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final SegmentFooter footer;
  private final Path path;

  private SegmentLayout(MemorySegment bytes, SegmentFooter footer, Path path) {
    this.bytes = bytes;
    this.footer = footer;
    this.path = path;
  }

  /**
   * Goes through the tables and the beginnings of all blocks.
   *
   * @param bytes all before the footer, as long as it says
   */
  static void verify(MemorySegment bytes, SegmentFooter footer, Path path)
      throws CorruptIndexException {
    SegmentLayout layout = new SegmentLayout(bytes, footer, path);
    layout.postings();
    layout.documents();
  }

  private void postings() throws CorruptIndexException {
    CodeSpace space = footer.space();
    long keys = 1L << (32 - space.hashShift());
    long blocks = footer.blocks();
    long before = 0;
    long next = SegmentFooter.HEADER_BYTES;
    for (long block = 0; block < blocks; block++) {
      long entry = footer.directory() + block * StoredPostings.ENTRY_BYTES;
      long key = toUnsignedLong(bytes.get(INT, entry));
      long id = toUnsignedLong(bytes.get(INT, entry + 4));
      long code = key * space.idCount() + id;
      if (key >= keys || id >= space.idCount()) {
        throw damage(entry, "hash " + key + ", id " + id + " are not of this segment");
      }
      if (block > 0 && Long.compareUnsigned(code, before) <= 0) {
        throw damage(entry, "block " + block + " is not after the one before");
      }
      long group = footer.groups() + 8 * (block >>> StoredPostings.GROUP_SHIFT);
      long offset = StoredPostings.longAt(bytes, group) + toUnsignedLong(bytes.get(INT, entry + 8));
      int count = (int) Math.min(footer.postings() - block * EliasFano.BLOCK, EliasFano.BLOCK);
      next = end(offset, next, count, footer.directory());
      if (offset + EliasFanoList.TOUCHED_BYTES > footer.end()) {
        throw damage(offset, "no room behind the block");
      }
      before = code;
    }
    requireEnd(next, footer.directory());
  }

  private void documents() throws CorruptIndexException {
    long most = toUnsignedLong(footer.maxId()) - toUnsignedLong(footer.minId());
    long before = -1;
    long next = footer.documentBlocks();
    for (long left = footer.documents(); left > 0; left -= EliasFano.BLOCK) {
      long place = footer.documentPlaces() + (footer.documents() - left) / EliasFano.BLOCK * 16;
      long first = StoredPostings.longAt(bytes, place);
      if (first <= before || first > 2 * most + 1 || (before < 0 && first > 1)) {
        throw damage(place, "documents from " + first + " on, after " + before);
      }
      long offset = StoredPostings.longAt(bytes, place + 8);
      next = end(offset, next, (int) Math.min(left, EliasFano.BLOCK), footer.documentPlaces());
      before = first;
    }
    requireEnd(next, footer.documentPlaces());
  }

  /** Where the block at {@code offset} ends, which must begin at {@code expected}. */
  private long end(long offset, long expected, int count, long limit) throws CorruptIndexException {
    if (offset != expected) {
      throw damage(expected, "a block begins here, not at byte " + offset);
    }
    int length = offset + 2 > limit ? -1 : EliasFano.length(bytes, offset, count);
    if (length < 0 || offset + length + 8 > limit) {
      throw damage(offset, "not a block of " + count + " that ends before byte " + limit);
    }
    return offset + length;
  }

  /** Behind the last block there are 8 bytes and up to 7 more. */
  private void requireEnd(long end, long table) throws CorruptIndexException {
    if ((end + 8 + 7 & -8) != table) {
      throw damage(end, "blocks end here, but the table behind them is at byte " + table);
    }
  }

  private CorruptIndexException damage(long position, String what) {
    return new CorruptIndexException(path, position, what);
  }
}
