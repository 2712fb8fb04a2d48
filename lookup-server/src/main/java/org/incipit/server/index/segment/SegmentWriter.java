package org.incipit.server.index.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.file.RegionOutput;
import org.incipit.server.index.postings.CodeSpace;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.EliasFanoEncoder;

/**
 * Writes a segment file: all postings in order, then all documents in order, then {@link #finish}.
 * Keeps 12 bytes for each 256 postings. One thread.
 */
final class SegmentWriter {
  private static final int STEP_MASK = 15;

  private final DiskFile file;
  private final Pace pace;
  private final RegionOutput out;
  private final CodeSpace space;
  private final EliasFanoEncoder encoder = new EliasFanoEncoder();
  private final long[] codes = new long[EliasFano.BLOCK];
  private int pending;
  private long postings;

  private int[] entries = new int[3 * 1024];
  private int blocks;
  private long[] groups = new long[16];
  private long directory;
  private long groupTable;

  private long[] places = new long[32];
  private long documents;
  private long documentBlocks;
  private int minId;
  private int maxId;

  /**
   * Writes to a new file.
   *
   * @param space in which all postings have codes
   * @param pace told of each few thousand postings or documents
   */
  SegmentWriter(DiskFile file, CodeSpace space, Pace pace) throws IOException {
    this.file = file;
    this.space = space;
    this.pace = pace;
    out = new RegionOutput(file);
    out.room(SegmentFooter.HEADER_BYTES)
        .putLong(SegmentFooter.MAGIC)
        .putInt(SegmentFooter.VERSION)
        .putInt(0);
  }

  /** Appends postings, greater than all before. */
  void add(long[] sorted, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      codes[pending++] = space.code(sorted[i]);
      if (pending == EliasFano.BLOCK) {
        writeBlock();
      }
    }
  }

  private void writeBlock() throws IOException {
    ByteBuffer buffer = out.room(EliasFano.MAX_BYTES);
    long offset = out.position();
    int group = blocks >>> StoredPostings.GROUP_SHIFT;
    if ((blocks & (1 << StoredPostings.GROUP_SHIFT) - 1) == 0) {
      groups = group == groups.length ? Arrays.copyOf(groups, 2 * group) : groups;
      groups[group] = offset;
    }
    if (3 * blocks == entries.length) {
      entries = Arrays.copyOf(entries, 3 * Math.addExact(blocks, blocks >>> 1));
    }
    long key = Long.divideUnsigned(codes[0], space.idCount());
    entries[3 * blocks] = (int) key;
    entries[3 * blocks + 1] = (int) (codes[0] - key * space.idCount());
    entries[3 * blocks + 2] = (int) (offset - groups[group]);
    blocks++;
    encoder.encode(codes, 0, pending, buffer);
    postings += pending;
    pending = 0;
    if ((blocks & STEP_MASK) == 0) {
      pace.step(0);
    }
  }

  /** Ends the postings and appends all documents. */
  void documents(DocumentCursor cursor) throws IOException {
    if (pending > 0) {
      writeBlock();
    }
    slack();
    directory = out.position();
    for (int i = 0; i < 3 * blocks; i++) {
      out.room(4).putInt(entries[i]);
    }
    align();
    groupTable = out.position();
    for (int i = 0; i << StoredPostings.GROUP_SHIFT < blocks; i++) {
      out.room(8).putLong(groups[i]);
    }
    documentBlocks = out.position();
    while (cursor.next()) {
      if (documents == 0) {
        minId = cursor.id();
      }
      maxId = cursor.id();
      documents++;
      long place = Integer.toUnsignedLong(cursor.id()) - Integer.toUnsignedLong(minId);
      codes[pending++] = 2 * place + (cursor.deleted() ? 1 : 0);
      if (pending == EliasFano.BLOCK) {
        writeDocuments();
      }
    }
    if (pending > 0) {
      writeDocuments();
    }
    slack();
  }

  private void writeDocuments() throws IOException {
    ByteBuffer buffer = out.room(EliasFano.MAX_BYTES);
    int block = (int) ((documents - 1) >>> 8);
    if (2 * block == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[2 * block] = codes[0];
    places[2 * block + 1] = out.position();
    encoder.encode(codes, 0, pending, buffer);
    pending = 0;
    if ((block & STEP_MASK) == 0) {
      pace.step(0);
    }
  }

  /** Eight bytes that a reader of the last block may touch, and up to the next multiple of 8. */
  private void slack() throws IOException {
    out.room(8).putLong(0);
    align();
  }

  private void align() throws IOException {
    while ((out.position() & 7) != 0) {
      out.room(1).put((byte) 0);
    }
  }

  /** Writes the rest and makes the file last. */
  SegmentFooter finish(CommitRange commits) throws IOException {
    long documentPlaces = out.position();
    for (int i = 0; i < 2 * ((documents + EliasFano.BLOCK - 1) >>> 8); i++) {
      out.room(8).putLong(places[i]);
    }
    SegmentFooter footer =
        new SegmentFooter(
            commits,
            space,
            postings,
            documents,
            minId,
            maxId,
            directory,
            groupTable,
            documentBlocks,
            documentPlaces,
            out.position());
    int[] sums = out.endRegions();
    ByteBuffer tail =
        ByteBuffer.allocate((sums.length * 4 + 7 & -8) + SegmentFooter.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int sum : sums) {
      tail.putInt(sum);
    }
    tail.position(tail.limit() - SegmentFooter.BYTES);
    footer.put(tail);
    CRC32C crc = new CRC32C();
    crc.update(tail.array(), 0, tail.limit() - 8);
    tail.putLong(tail.limit() - 8, crc.getValue());
    file.write(tail.rewind(), footer.end());
    file.sync();
    return footer;
  }
}
