package org.incipit.server.index.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.file.RegionOutput;
import org.incipit.server.index.file.Regions;

/** The end of a segment file, which is verified when it is read: checksums of regions, footer. */
final class SegmentTail {
  private final Path path;
  private final SegmentFooter footer;
  private final int[] sums;

  private SegmentTail(Path path, SegmentFooter footer, int[] sums) {
    this.path = path;
    this.footer = footer;
    this.sums = sums;
  }

  /** Reads it; the regions before it are not looked at. */
  static SegmentTail read(DiskFile file, Path path) throws IOException {
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
    return new SegmentTail(path, SegmentFooter.read(tail, path, position), regions);
  }

  private static ByteBuffer read(DiskFile file, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    file.read(buffer, position);
    return buffer.flip();
  }

  SegmentFooter footer() {
    return footer;
  }

  /** Regions before the sums; at least one. */
  int regions() {
    return sums.length;
  }

  /** The first region, but for the one with the header, that holds more than postings. */
  int tables() {
    return (int) Math.max(1, footer.directory() / RegionOutput.REGION);
  }

  /**
   * Reads the regions {@code from..to}, without the latter, and compares their checksums.
   *
   * @param sink told of each one that differs
   */
  void verify(DiskFile file, int from, int to, DamageSink sink) throws IOException {
    Regions.verify(file, path, footer.end(), sums, from, to, sink);
  }
}
