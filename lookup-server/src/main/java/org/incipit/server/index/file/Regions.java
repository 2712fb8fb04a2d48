package org.incipit.server.index.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Checks the regions of a file that {@link RegionOutput} wrote. */
public final class Regions {
  private Regions() {}

  /** The number of regions in so many bytes. */
  public static long count(long bytes) {
    return (bytes + RegionOutput.REGION - 1) / RegionOutput.REGION;
  }

  /**
   * Reads regions of a file, never through a mapping, and compares their checksums.
   *
   * @param path of the file, for the message
   * @param bytes of all regions; the last one may be shorter
   * @param sums of all of them
   * @param from the first to be read
   * @param to the one behind the last
   * @param sink told of each one that differs
   */
  public static void verify(
      DiskFile file, Path path, long bytes, int[] sums, int from, int to, DamageSink sink)
      throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(RegionOutput.REGION);
    for (int region = from; region < to; region++) {
      long at = (long) region * RegionOutput.REGION;
      buffer.clear().limit((int) Math.min(RegionOutput.REGION, bytes - at));
      file.read(buffer, at);
      crc.reset();
      crc.update(buffer.flip());
      if ((int) crc.getValue() != sums[region]) {
        sink.damage(
            new CorruptIndexException(
                path,
                at,
                String.format(
                    "checksum of region %d should be %08x, is %08x",
                    region, sums[region], (int) crc.getValue())));
      }
    }
  }
}
