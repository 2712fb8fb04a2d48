package org.incipit.server.index.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.postings.EliasFano;
import org.incipit.server.index.postings.Posting;

/** Reads all of a segment and holds what it says against itself. */
public final class SegmentCheck {
  private static final long MOST_BITS = 1L << 28;
  private static final long MOST_BITS_EACH = 256;

  /**
   * What a segment without damage holds.
   *
   * @param commits that it covers
   * @param documents mentioned
   * @param bytes of the file
   */
  public record Content(CommitRange commits, long documents, long postings, long bytes) {}

  private final Segment segment;
  private final SegmentFooter footer;
  private final Path path;
  private final DamageSink sink;
  private boolean sound = true;

  private SegmentCheck(Segment segment, SegmentFooter footer, DamageSink sink) {
    this.segment = segment;
    this.footer = footer;
    this.path = segment.path();
    this.sink = sink;
  }

  /**
   * Checks a segment file: checksums, then that documents and postings ascend, are as many and in
   * the range that the footer says, and that every posting is of a document that was inserted.
   *
   * @param sink told of each damaged region, or of the first contradiction in the documents and in
   *     the postings
   * @return what it holds; null if it is damaged
   */
  public static @org.jspecify.annotations.Nullable Content check(
      Disk disk, Path path, DamageSink sink) throws IOException {
    boolean[] damaged = new boolean[1];
    DamageSink noting =
        damage -> {
          damaged[0] = true;
          sink.damage(damage);
        };
    try {
      SegmentFooter footer;
      try (DiskFile file = disk.open(path)) {
        SegmentTail tail = SegmentTail.read(file, path);
        tail.verify(file, 0, tail.regions(), noting);
        footer = tail.footer();
      }
      if (damaged[0]) {
        return null;
      }
      try (Segment segment = Segment.open(disk, path, Segment.Residence.MAPPED)) {
        SegmentCheck check = new SegmentCheck(segment, footer, sink);
        check.content();
        return check.sound
            ? new Content(
                footer.commits(), footer.documents(), footer.postings(), footer.fileBytes())
            : null;
      }
    } catch (CorruptIndexException e) {
      noting.damage(e);
      return null;
    }
  }

  private void content() throws IOException {
    long reached = footer.documentBlocks();
    try {
      BitSet inserted = documents();
      reached = SegmentFooter.HEADER_BYTES;
      postings(inserted);
    } catch (IndexOutOfBoundsException e) {
      // Checksums are right, and yet the numbers lead nowhere.
      damage(reached, "cannot be read: " + e.getMessage());
    }
  }

  private void damage(long position, String what) throws IOException {
    sound = false;
    sink.damage(new CorruptIndexException(path, position, what));
  }

  /** The ids inserted, less the smallest one; empty if they are too far apart. */
  private BitSet documents() throws IOException {
    BitSet inserted = new BitSet();
    boolean close = usesBits();
    DocumentCursor cursor = segment.documents().cursor();
    long before = -1;
    for (long i = 0; cursor.next(); i++) {
      long id = Integer.toUnsignedLong(cursor.id());
      long least = Integer.toUnsignedLong(footer.minId());
      long most = Integer.toUnsignedLong(footer.maxId());
      if (id <= before || id == 0 || id < least || id > most || (i == 0 && id != least)) {
        damage(
            footer.documentBlocks(),
            "document " + i + ", id " + id + ", after " + before + ", of " + least + ".." + most);
        return inserted;
      }
      if (close && !cursor.deleted()) {
        inserted.set((int) (id - least));
      }
      before = id;
    }
    if (footer.documents() > 0 && before != Integer.toUnsignedLong(footer.maxId())) {
      damage(footer.documentBlocks(), "the last document is " + before);
    }
    return inserted;
  }

  private boolean usesBits() {
    long range = Integer.toUnsignedLong(footer.maxId()) - Integer.toUnsignedLong(footer.minId());
    return range < Math.min(MOST_BITS, MOST_BITS_EACH * footer.documents());
  }

  private void postings(BitSet inserted) throws IOException {
    boolean close = usesBits();
    PostingCursor cursor = segment.cursor();
    long[] block = new long[EliasFano.BLOCK];
    long before = 0;
    long total = 0;
    // A block at a time, as there is room for one.
    for (int count = cursor.read(block, 0, block.length);
        count > 0;
        count = cursor.read(block, 0, block.length)) {
      for (int i = 0; i < count; i++) {
        int id = Posting.id(block[i]);
        boolean known =
            close
                ? Integer.compareUnsigned(id, footer.minId()) >= 0
                    && inserted.get(
                        (int) (Integer.toUnsignedLong(id) - Integer.toUnsignedLong(footer.minId())))
                : segment.documents().inserts(id);
        if (!known || Long.compareUnsigned(block[i], before) <= 0) {
          damage(
              segment.position(total / EliasFano.BLOCK),
              String.format(
                  "posting %d: hash %08x, id %s, %s",
                  total + i,
                  Posting.hash(block[i]),
                  Integer.toUnsignedString(id),
                  known ? "is not after the one before" : "of which no document was inserted"));
          return;
        }
        before = block[i];
      }
      total += count;
    }
    if (total != footer.postings()) {
      damage(footer.directory(), "there are " + total + " postings, not " + footer.postings());
    }
  }
}
