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
 * holds, nobody who reads blocks reads outside of the file, whatever is in them. While only the
 * {@link #tables} are verified, who reads a block of postings may be led outside of it by what is
 * in there, which an {@link IndexOutOfBoundsException} ends.
 */
final class SegmentLayout {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final SegmentFooter footer;
  private final Path path;

  /**
   * Of a segment.
   *
   * @param bytes all before the footer, as long as it says
   */
  SegmentLayout(MemorySegment bytes, SegmentFooter footer, Path path) {
    this.bytes = bytes;
    this.footer = footer;
    this.path = path;
  }

  /** Goes through the tables, and the beginnings of all blocks of documents. */
  void tables() throws CorruptIndexException {
    directory();
    documents();
  }

  private void directory() throws CorruptIndexException {
    CodeSpace space = footer.space();
    long keys = 1L << (32 - space.hashShift());
    long blocks = footer.blocks();
    long before = 0;
    long least = SegmentFooter.HEADER_BYTES;
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
      long offset = offset(block);
      if (offset < least
          || (block == 0 && offset > least)
          || offset > footer.directory() - 10
          || offset + EliasFanoList.TOUCHED_BYTES > footer.end()) {
        throw damage(entry, "no block " + block + " at byte " + offset);
      }
      least = offset + 2;
      before = code;
    }
    if (blocks == 0) {
      requireEnd(least, footer.directory());
    }
  }

  /** Where a block of postings begins, as the tables say. */
  private long offset(long block) {
    long entry = footer.directory() + block * StoredPostings.ENTRY_BYTES;
    long group = footer.groups() + 8 * (block >>> StoredPostings.GROUP_SHIFT);
    return StoredPostings.longAt(bytes, group) + toUnsignedLong(bytes.get(INT, entry + 8));
  }

  /**
   * Goes through the beginnings of blocks of postings; the tables are verified.
   *
   * @param first of them
   * @param limit up to where in the file they are to begin
   * @return the first one that does not
   */
  long blocks(long first, long limit) throws CorruptIndexException {
    long blocks = footer.blocks();
    long block = first;
    for (; block < blocks && offset(block) + 2 <= limit; block++) {
      int count = (int) Math.min(footer.postings() - block * EliasFano.BLOCK, EliasFano.BLOCK);
      long end = end(offset(block), count, footer.directory());
      if (block == blocks - 1) {
        requireEnd(end, footer.directory());
      } else if (offset(block + 1) != end) {
        throw notHere(end, offset(block + 1));
      }
    }
    return block;
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
      if (offset != next) {
        throw notHere(next, offset);
      }
      next = end(offset, (int) Math.min(left, EliasFano.BLOCK), footer.documentPlaces());
      before = first;
    }
    requireEnd(next, footer.documentPlaces());
  }

  private CorruptIndexException notHere(long position, long offset) {
    return damage(position, "a block begins here, not at byte " + offset);
  }

  /** Where the block at {@code offset} ends. */
  private long end(long offset, int count, long limit) throws CorruptIndexException {
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
