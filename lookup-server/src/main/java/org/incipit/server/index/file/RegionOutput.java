package org.incipit.server.index.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes a file from its beginning to its end and computes a checksum for every {@value #REGION}
 * bytes on the way. One thread.
 */
public final class RegionOutput {
  /** Bytes for which there is a checksum. */
  public static final int REGION = 1 << 16;

  private static final int BUFFER = 16 * REGION;

  private final DiskFile file;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long written;
  private int[] sums = new int[16];
  private int regions;

  public RegionOutput(DiskFile file) {
    this.file = file;
  }

  /** Bytes put so far. */
  public long position() {
    return written + buffer.position();
  }

  /**
   * The buffer, with room for this many bytes.
   *
   * @param bytes at most {@value #REGION}
   */
  public ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush(buffer.position() / REGION * REGION);
    }
    return buffer;
  }

  /** Writes what is still in the buffer; the checksums of all regions. */
  public int[] endRegions() throws IOException {
    flush(buffer.position());
    return Arrays.copyOf(sums, regions);
  }

  private void flush(int bytes) throws IOException {
    for (int at = 0; at < bytes; at += REGION) {
      crc.reset();
      crc.update(buffer.slice(at, Math.min(REGION, bytes - at)));
      if (regions == sums.length) {
        sums = Arrays.copyOf(sums, 2 * regions);
      }
      sums[regions++] = (int) crc.getValue();
    }
    int rest = buffer.position() - bytes;
    file.write(buffer.slice(0, bytes), written);
    written += bytes;
    buffer.put(0, buffer, bytes, rest);
    buffer.position(rest);
  }
}
