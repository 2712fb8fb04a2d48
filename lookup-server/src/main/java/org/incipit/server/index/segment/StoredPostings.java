package org.incipit.server.index.segment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.incipit.server.index.postings.CodeSpace;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.EliasFanoList;

/**
 * The postings of a segment: blocks behind a directory. A search goes through it in stages, each
 * for all hashes: the table of first bits, the directory, the heads of the blocks, their contents.
 * The memory accesses of one stage do not depend on each other, so that many are under way at once.
 */
final class StoredPostings {
  /** Bytes of a directory entry: the first hash (shifted), its id less the smallest, the offset. */
  static final int ENTRY_BYTES = 12;

  /** Blocks whose offsets count from a common base. */
  static final int GROUP_SHIFT = 12;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final CodeSpace space;
  private final long postings;
  private final long blocks;
  private final long directory;
  private final long[] groups;
  private final int[] table;
  private final int tableShift;

  StoredPostings(
      MemorySegment bytes, CodeSpace space, long postings, long directory, long[] groups) {
    this.bytes = bytes;
    this.space = space;
    this.postings = postings;
    this.directory = directory;
    this.groups = groups;
    blocks = (postings + EliasFano.BLOCK - 1) >>> 8;
    int keyBits = 32 - space.hashShift();
    int tableBits = Math.clamp(64 - Long.numberOfLeadingZeros(blocks), 1, Math.min(keyBits, 20));
    tableShift = keyBits - tableBits;
    table = new int[(1 << tableBits) + 1];
    fillTable();
  }

  private void fillTable() {
    int slot = 0;
    for (long block = 0; block < blocks; block++) {
      for (int bits = key(block) >>> tableShift; slot <= bits; slot++) {
        table[slot] = (int) block;
      }
    }
    for (; slot < table.length; slot++) {
      table[slot] = (int) blocks;
    }
  }

  static long longAt(MemorySegment bytes, long offset) {
    return bytes.get(LONG, offset);
  }

  /** The first hash of a block, shifted. */
  private int key(long block) {
    return bytes.get(INT, directory + block * ENTRY_BYTES);
  }

  /** The first code of a block. */
  private long base(long block) {
    long entry = directory + block * ENTRY_BYTES;
    return Integer.toUnsignedLong(bytes.get(INT, entry)) * space.idCount()
        + Integer.toUnsignedLong(bytes.get(INT, entry + 4));
  }

  /** Where a block begins. */
  long offset(long block) {
    return groups[(int) (block >>> GROUP_SHIFT)]
        + Integer.toUnsignedLong(bytes.get(INT, directory + block * ENTRY_BYTES + 8));
  }

  private int count(long block) {
    return block == blocks - 1 ? (int) (postings - ((blocks - 1) << 8)) : EliasFano.BLOCK;
  }

  /** The first block in {@code from..to} that does not begin before this key. */
  private long firstNotBefore(int key, long from, long to) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(key(middle), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void find(Lists lists) {
    int count = lists.size();
    int shift = space.hashShift();
    for (int i = 0; i < count; i++) {
      int slot = lists.hashes[i] >>> shift >>> tableShift;
      lists.begin[i] = table[slot];
      lists.end[i] = table[slot + 1];
    }
    lists.forget();
    for (int i = 0; i < count; i++) {
      int hash = lists.hashes[i];
      int key = hash >>> shift;
      long begin = firstNotBefore(key, lists.begin[i], lists.end[i]);
      long end = begin;
      if (!space.holds(hash)) {
        lists.begin[i] = 0;
        lists.end[i] = 0;
        lists.bound(i, 0);
        continue;
      }
      if (begin < lists.end[i] && key(begin) == key) {
        end = key == -1 ? lists.end[i] : firstNotBefore(key + 1, begin + 1, lists.end[i]);
      }
      lists.begin[i] = begin;
      lists.end[i] = end;
      lists.blocks(i, end - begin + (begin > 0 ? 1 : 0), EliasFano.BLOCK);
    }
  }

  int gather(Lists lists, int[] into) {
    int count = lists.size();
    int touched = 0;
    for (int i = 0; i < count; i++) {
      long block = lists.begin[i] - 1;
      if (block >= 0) {
        long offset = offset(block);
        touched += EliasFanoList.touch(bytes, offset);
        lists.place[i] = offset;
      }
    }
    for (int i = 0; i < count; i++) {
      long block = lists.begin[i] - 1;
      if (block >= 0) {
        long offset = lists.place[i];
        long least = space.start(lists.hashes[i]) - base(block);
        long place = EliasFanoList.seek(bytes, offset, least);
        touched += EliasFanoList.touchLows(bytes, offset, place, count(block), least);
        lists.place[i] = place;
      }
    }
    lists.touched = touched;
    int at = 0;
    for (int i = 0; i < count; i++) {
      long begin = lists.begin[i];
      long from = space.start(lists.hashes[i]);
      long to = from + (space.idCount() - 1);
      if (begin > 0) {
        long base = base(begin - 1);
        at =
            EliasFanoList.read(
                bytes,
                offset(begin - 1),
                lists.place[i],
                count(begin - 1),
                from - base,
                to - base,
                (int) (base - from) + space.minId(),
                into,
                at);
      }
      for (long block = begin; block < lists.end[i]; block++) {
        long place = EliasFanoList.seek(bytes, offset(block), 0);
        at = read(block, place, from, from, to, into, at);
      }
    }
    return at;
  }

  int gather(Lists lists, int first, int last, int minId, int maxId, int[] into, int at) {
    long smallest = Integer.toUnsignedLong(space.minId());
    long least = Math.max(Integer.toUnsignedLong(minId) - smallest, 0);
    long most = Math.min(Integer.toUnsignedLong(maxId) - smallest, space.idCount() - 1);
    if (least > most) {
      return at;
    }
    int touched = 0;
    for (int i = first; i < last; i++) {
      long block = firstBlock(lists, i, least);
      lists.block[i] = block;
      if (block >= 0) {
        long offset = offset(block);
        touched += EliasFanoList.touch(bytes, offset);
        lists.place[i] = offset;
      }
    }
    for (int i = first; i < last; i++) {
      long block = lists.block[i];
      if (block >= 0) {
        long offset = lists.place[i];
        long from = after(base(block), space.start(lists.hashes[i]) + least);
        long place = EliasFanoList.seek(bytes, offset, from);
        touched += EliasFanoList.touchLows(bytes, offset, place, count(block), from);
        lists.place[i] = place;
      }
    }
    lists.touched = touched;
    int filled = at;
    for (int i = first; i < last; i++) {
      long block = lists.block[i];
      if (block >= 0) {
        long list = space.start(lists.hashes[i]);
        filled = read(block, lists.place[i], list, list + least, list + most, into, filled);
        for (block++; block < lists.end[i] && filled < into.length; block++) {
          if (Long.compareUnsigned(base(block), list + most) > 0) {
            break;
          }
          long place = EliasFanoList.seek(bytes, offset(block), 0);
          filled = read(block, place, list, list + least, list + most, into, filled);
        }
      }
    }
    return filled;
  }

  /** The block with the first posting of a list from this id on, less the smallest; or -1. */
  private long firstBlock(Lists lists, int index, long id) {
    long begin = lists.begin[index];
    long end = lists.end[index];
    if (begin == end) {
      return begin - 1;
    }
    return Math.max(lastNotAfter(space.start(lists.hashes[index]) + id, begin, end), 0);
  }

  /** How far a code is behind the first one of a block, or 0 if it is before. */
  private static long after(long base, long code) {
    return Long.compareUnsigned(code, base) > 0 ? code - base : 0;
  }

  /** The ids of postings {@code from..to} in a block; {@code list} is where their list begins. */
  private int read(long block, long place, long list, long from, long to, int[] into, int at) {
    long base = base(block);
    if (Long.compareUnsigned(to, base) < 0) {
      return at;
    }
    return EliasFanoList.read(
        bytes,
        offset(block),
        place,
        count(block),
        after(base, from),
        to - base,
        (int) (base - list) + space.minId(),
        into,
        at);
  }

  /** The last block in {@code begin - 1..end} that does not begin after this code. */
  private long lastNotAfter(long code, long begin, long end) {
    long low = begin;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (Long.compareUnsigned(base(middle), code) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  PostingCursor cursor() {
    return new PostingCursor() {
      private long next;

      @Override
      public int read(long[] into, int at, int atMost) {
        int done = 0;
        while (next < blocks && done + count(next) <= atMost) {
          int count = count(next);
          EliasFano.decode(bytes, offset(next), count, base(next), into, at + done);
          done += count;
          next++;
        }
        space.toPostings(into, at, done);
        return done;
      }
    };
  }
}
