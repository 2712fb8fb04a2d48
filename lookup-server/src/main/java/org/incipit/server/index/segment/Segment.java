package org.incipit.server.index.segment;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.file.RegionOutput;
import org.incipit.server.index.file.Regions;

/** A part in a file, mapped or read into memory. */
public final class Segment implements Part, AutoCloseable {
  /** How the file is used. */
  public enum Residence {
    /** Mapped: the operating system keeps in memory what is used. */
    MAPPED,
    /** Read into memory when opened. */
    LOADED
  }

  private final Path path;
  private final Arena arena;
  private final SegmentFooter footer;
  private final StoredPostings postings;
  private final StoredDocuments documents;
  private final AtomicInteger holders = new AtomicInteger();

  private Segment(
      Path path,
      Arena arena,
      SegmentFooter footer,
      StoredPostings postings,
      StoredDocuments documents) {
    this.path = path;
    this.arena = arena;
    this.footer = footer;
    this.postings = postings;
    this.documents = documents;
  }

  /** {@link #open(Disk, Path, Residence, Pace)} as fast as it goes. */
  public static Segment open(Disk disk, Path path, Residence residence) throws IOException {
    return open(disk, path, residence, Pace.FREE);
  }

  /**
   * Opens a segment file, to be closed by the caller, and verifies every byte of it, and where its
   * blocks are.
   *
   * @throws CorruptIndexException if it is damaged
   */
  @SuppressWarnings("MustBeClosedChecker") // The segment closes the arena.
  public static Segment open(Disk disk, Path path, Residence residence, Pace pace)
      throws IOException {
    try (DiskFile file = new PacedFile(disk.open(path), pace)) {
      SegmentFooter footer = footer(file, path, DamageSink.THROW);
      Arena arena = Arena.ofShared();
      boolean opened = false;
      try {
        MemorySegment bytes =
            switch (residence) {
              case MAPPED -> file.map(footer.end(), arena);
              case LOADED -> load(file, footer.end(), arena);
            };
        SegmentLayout.verify(bytes, footer, path);
        Segment segment =
            new Segment(
                path, arena, footer, postings(bytes, footer), new StoredDocuments(bytes, footer));
        opened = true;
        return segment;
      } finally {
        if (!opened) {
          arena.close();
        }
      }
    }
  }

  /**
   * Reads the footer and verifies all before it.
   *
   * @param sink told of damage before the footer
   */
  static SegmentFooter footer(DiskFile file, Path path, DamageSink sink) throws IOException {
    long size = file.size();
    if (size < SegmentFooter.HEADER_BYTES + SegmentFooter.BYTES) {
      throw new CorruptIndexException(path, size, "too short for a segment");
    }
    long position = size - SegmentFooter.BYTES;
    ByteBuffer tail = read(file, position, SegmentFooter.BYTES);
    long end = tail.getLong(SegmentFooter.BYTES - 16);
    long sumBytes = Regions.count(end) * 4 + 7 & -8;
    if (end < 0 || end > position || end + sumBytes != position || sumBytes > Integer.MAX_VALUE) {
      throw new CorruptIndexException(
          path, position, "not the end of a segment of " + size + " bytes");
    }
    ByteBuffer sums = read(file, end, (int) sumBytes);
    CRC32C crc = new CRC32C();
    crc.update(sums.duplicate());
    crc.update(tail.duplicate().limit(SegmentFooter.BYTES - 8));
    if (crc.getValue() != tail.getLong(SegmentFooter.BYTES - 8)) {
      throw new CorruptIndexException(path, position, "checksum of the footer");
    }
    int[] regions = new int[(int) Regions.count(end)];
    for (int i = 0; i < regions.length; i++) {
      regions[i] = sums.getInt();
    }
    Regions.verify(file, path, end, regions, sink);
    return SegmentFooter.read(tail, path, position);
  }

  private static ByteBuffer read(DiskFile file, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    file.read(buffer, position);
    return buffer.flip();
  }

  private static MemorySegment load(DiskFile file, long size, Arena arena) throws IOException {
    MemorySegment bytes = arena.allocate(size, 64);
    for (long at = 0; at < size; at += RegionOutput.REGION) {
      file.read(bytes.asSlice(at, Math.min(RegionOutput.REGION, size - at)).asByteBuffer(), at);
    }
    return bytes;
  }

  private static StoredPostings postings(MemorySegment bytes, SegmentFooter footer) {
    long[] groups = new long[(int) ((footer.documentBlocks() - footer.groups()) >>> 3)];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = StoredPostings.longAt(bytes, footer.groups() + 8L * i);
    }
    return new StoredPostings(bytes, footer.space(), footer.postings(), footer.directory(), groups);
  }

  /** One more snapshot has this segment. */
  public void retain() {
    holders.incrementAndGet();
  }

  /** One fewer does; true if it was the last one. */
  public boolean release() {
    return holders.decrementAndGet() == 0;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Length of the file in bytes. */
  public long bytes() {
    return footer.fileBytes();
  }

  /** Where a block of postings begins in the file. */
  long position(long block) {
    return postings.offset(block);
  }

  @Override
  public int hashShift() {
    return footer.space().hashShift();
  }

  @Override
  public DocumentSet documents() {
    return documents;
  }

  @Override
  public long postings() {
    return footer.postings();
  }

  @Override
  public CommitRange commits() {
    return footer.commits();
  }

  @Override
  public void find(Lists lists) {
    postings.find(lists);
  }

  @Override
  public int gather(Lists lists, int[] into) {
    return postings.gather(lists, into);
  }

  @Override
  public int gather(Lists lists, int first, int last, int minId, int maxId, int[] into, int at) {
    return postings.gather(lists, first, last, minId, maxId, into, at);
  }

  @Override
  public PostingCursor cursor() {
    return postings.cursor();
  }

  /** Gives the mapping or memory back; nobody may read any more. Takes up to some ten ms. */
  @Override
  public void close() {
    arena.close();
  }
}
