package org.incipit.server.index.segment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.file.RegionOutput;

/**
 * Verifies the postings of a segment whose tables are verified, piece by piece: first that the
 * checksums of some regions are right, then that the blocks in them are as long as the tables say.
 * One thread; any may ask how much is left.
 */
final class SegmentScrub {
  /** Regions of a piece: 4 MiB. */
  private static final int PIECE = 64;

  private final Path path;
  private final SegmentTail tail;
  private final SegmentLayout layout;
  private long block;
  private volatile int region = 1;

  SegmentScrub(Path path, SegmentTail tail, SegmentLayout layout) {
    this.path = path;
    this.tail = tail;
    this.layout = layout;
  }

  /**
   * Verifies the next piece.
   *
   * @return whether it was the last one
   * @throws CorruptIndexException if it is damaged; nothing changes by that
   */
  boolean step(Disk disk, Pace pace) throws IOException {
    int tables = tail.tables();
    int end = Math.min(region + PIECE, tables);
    try (DiskFile file = new PacedFile(disk.open(path), pace)) {
      if (file.size() != tail.footer().fileBytes()) {
        throw new CorruptIndexException(
            path, file.size(), "should have " + tail.footer().fileBytes() + " bytes");
      }
      tail.verify(file, region, end, DamageSink.THROW);
    } catch (FileNotFoundException e) {
      throw new CorruptIndexException(path, 0, "is missing");
    }
    boolean last = end == tables;
    block =
        layout.blocks(block, last ? tail.footer().directory() : (long) end * RegionOutput.REGION);
    region = end;
    return last;
  }

  /** Bytes that are not verified yet. */
  long left() {
    return (long) (tail.tables() - region) * RegionOutput.REGION;
  }
}
