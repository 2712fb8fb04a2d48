package org.incipit.server.index.segment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.EliasFanoList;

/** The documents of a segment: ascending numbers, twice the id less the smallest, 1 for deleted. */
final class StoredDocuments implements DocumentSet {
  private static final int PLACE_BYTES = 16;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final long places;
  private final long size;
  private final int minId;
  private final int maxId;

  StoredDocuments(MemorySegment bytes, SegmentFooter footer) {
    this.bytes = bytes;
    places = footer.documentPlaces();
    size = footer.documents();
    minId = footer.minId();
    maxId = footer.maxId();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int minId() {
    return minId;
  }

  @Override
  public int maxId() {
    return maxId;
  }

  @Override
  public boolean mentions(int id) {
    return find(id) >= 0;
  }

  @Override
  public boolean inserts(int id) {
    return find(id) == 0;
  }

  private long blocks() {
    return (size + EliasFano.BLOCK - 1) >>> 8;
  }

  private int count(long block) {
    return block == blocks() - 1 ? (int) (size - (block << 8)) : EliasFano.BLOCK;
  }

  private long first(long block) {
    return bytes.get(LONG, places + block * PLACE_BYTES);
  }

  private long offset(long block) {
    return bytes.get(LONG, places + block * PLACE_BYTES + 8);
  }

  /** 0 if inserted, 1 if deleted, -1 if neither. */
  private int find(int id) {
    if (size == 0
        || Integer.compareUnsigned(id, minId) < 0
        || Integer.compareUnsigned(id, maxId) > 0) {
      return -1;
    }
    long number = 2 * (Integer.toUnsignedLong(id) - Integer.toUnsignedLong(minId));
    long low = 0;
    long high = blocks();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (first(middle) <= number + 1) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    long block = low - 1;
    long base = first(block);
    long offset = offset(block);
    long least = Math.max(number - base, 0);
    long found =
        EliasFanoList.find(
            bytes,
            offset,
            EliasFanoList.seek(bytes, offset, least),
            count(block),
            least,
            number + 1 - base);
    return found < 0 ? -1 : (int) (found + base - number);
  }

  @Override
  public DocumentCursor cursor() {
    return new DocumentCursor() {
      private final long[] numbers = new long[EliasFano.BLOCK];
      private long next;
      private long number;

      @Override
      public boolean next() {
        if (next == size) {
          return false;
        }
        int at = (int) next & EliasFano.BLOCK - 1;
        if (at == 0) {
          long block = next >>> 8;
          EliasFano.decode(bytes, offset(block), count(block), first(block), numbers, 0);
        }
        number = numbers[at];
        next++;
        return true;
      }

      @Override
      public int id() {
        return minId + (int) (number >>> 1);
      }

      @Override
      public boolean deleted() {
        return (number & 1) != 0;
      }
    };
  }
}
