package org.incipit.server.index.segment;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.file.RegionOutput;
import org.jspecify.annotations.Nullable;

/** A part in a file, mapped or read into memory. */
public final class Segment implements Part, AutoCloseable {
  /** How the file is used. */
  public enum Residence {
    /** Mapped: the operating system keeps in memory what is used. */
    MAPPED,
    /** Read into memory when opened. */
    LOADED
  }

  /** When the postings are verified; all else is when the file is opened. */
  public enum Verification {
    /** When it is opened. */
    AT_OPENING,
    /**
     * By {@link #verify}, if it is mapped. Until then who reads damaged postings gets others, or an
     * {@link IndexOutOfBoundsException}.
     */
    LATER
  }

  private final Path path;
  private final Arena arena;
  private final SegmentFooter footer;
  private final StoredPostings postings;
  private final StoredDocuments documents;
  private final AtomicInteger holders = new AtomicInteger();
  private volatile @Nullable SegmentScrub scrub;

  private Segment(
      Path path,
      Arena arena,
      SegmentFooter footer,
      StoredPostings postings,
      StoredDocuments documents,
      @Nullable SegmentScrub scrub) {
    this.path = path;
    this.arena = arena;
    this.footer = footer;
    this.postings = postings;
    this.documents = documents;
    this.scrub = scrub;
  }

  /** Opens a segment file and verifies all of it, as fast as it goes. */
  public static Segment open(Disk disk, Path path, Residence residence) throws IOException {
    return open(disk, path, residence, Verification.AT_OPENING, Pace.FREE);
  }

  /**
   * Opens a segment file, to be closed by the caller, and verifies every byte of it, and where its
   * blocks are; of postings perhaps {@link Verification#LATER}.
   *
   * @throws CorruptIndexException if it is damaged
   */
  @SuppressWarnings("MustBeClosedChecker") // The segment closes the arena.
  public static Segment open(
      Disk disk, Path path, Residence residence, Verification verification, Pace pace)
      throws IOException {
    try (DiskFile file = new PacedFile(disk.open(path), pace)) {
      SegmentTail tail = SegmentTail.read(file, path);
      SegmentFooter footer = tail.footer();
      // What is loaded is read whole anyway.
      boolean later = verification == Verification.LATER && residence == Residence.MAPPED;
      int tables = later ? tail.tables() : 1;
      tail.verify(file, 0, 1, DamageSink.THROW);
      tail.verify(file, tables, tail.regions(), DamageSink.THROW);
      Arena arena = Arena.ofShared();
      boolean opened = false;
      try {
        MemorySegment bytes =
            switch (residence) {
              case MAPPED -> file.map(footer.end(), arena);
              case LOADED -> load(file, footer.end(), arena);
            };
        SegmentLayout layout = new SegmentLayout(bytes, footer, path);
        layout.tables();
        if (tables == 1) {
          layout.blocks(0, footer.directory());
        }
        Segment segment =
            new Segment(
                path,
                arena,
                footer,
                postings(bytes, footer),
                new StoredDocuments(bytes, footer),
                tables == 1 ? null : new SegmentScrub(path, tail, layout));
        opened = true;
        return segment;
      } finally {
        if (!opened) {
          arena.close();
        }
      }
    }
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

  /** Whether all of it is verified. */
  public boolean isVerified() {
    return scrub == null;
  }

  /** Bytes of postings that are not verified yet. */
  public long unverifiedBytes() {
    SegmentScrub rest = scrub;
    return rest == null ? 0 : rest.left();
  }

  /**
   * Verifies a few MiB more, if that is not done yet; read from the file, never through a mapping.
   * One thread at a time.
   *
   * @throws CorruptIndexException if they are damaged; it stays unverified
   */
  public void verify(Disk disk, Pace pace) throws IOException {
    SegmentScrub rest = scrub;
    if (rest != null && rest.step(disk, pace)) {
      scrub = null;
    }
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
