package org.incipit.server.index.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.incipit.server.index.change.Change;
import org.jspecify.annotations.Nullable;

/** Reads the binary form. */
final class BinaryReader implements DocumentReader {
  private static final int CHUNK = 1 << 14;

  private final InputStream in;
  private final byte[] bytes = new byte[4 * CHUNK];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long position;
  private long total;
  private boolean ended;

  /** Begins with the magic, which the caller has looked at. */
  BinaryReader(InputStream in) throws IOException {
    this.in = in;
    fill(12);
    if (buffer.getInt(8) != BinaryWriter.FORMAT) {
      throw damage(8, "format " + buffer.getInt(8) + ", only " + BinaryWriter.FORMAT + " is known");
    }
  }

  private static DocumentFormatException damage(long position, String what) {
    return new DocumentFormatException("byte", position, what, null);
  }

  private void fill(int count) throws IOException {
    int read = in.readNBytes(bytes, 0, count);
    position += read;
    if (read < count) {
      throw damage(position, "ends too early");
    }
    crc.update(bytes, 0, count);
  }

  @Override
  public Change.@Nullable Insert next() throws IOException {
    if (ended) {
      return null;
    }
    fill(4);
    int id = buffer.getInt(0);
    if (id == 0) {
      end();
      return null;
    }
    fill(4);
    int count = buffer.getInt(0);
    if (count < 0 || count > MOST_HASHES) {
      throw damage(position - 4, Integer.toUnsignedString(count) + " hashes");
    }
    // Grows with what comes, whatever the count says.
    int[] hashes = new int[Math.min(count, CHUNK)];
    for (int at = 0; at < count; at += CHUNK) {
      int now = Math.min(CHUNK, count - at);
      fill(4 * now);
      if (at + now > hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.min(count, Math.max(at + now, 2 * hashes.length)));
      }
      buffer.asIntBuffer().get(hashes, at, now);
    }
    total++;
    return new Change.Insert(id, hashes);
  }

  private void end() throws IOException {
    fill(8);
    if (buffer.getLong(0) != total) {
      throw damage(position - 8, "should have " + buffer.getLong(0) + " documents, has " + total);
    }
    int sum = (int) crc.getValue();
    fill(4);
    if (buffer.getInt(0) != sum) {
      throw damage(position - 4, "checksum");
    }
    if (in.read() >= 0) {
      throw damage(position, "something behind the end");
    }
    ended = true;
  }

  /** Nothing to let go of: the stream is not ours. */
  @Override
  public void close() {}
}
