package org.incipit.server.index.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes the binary form. */
final class BinaryWriter implements DocumentWriter {
  static final long MAGIC = 0x434F445049434E49L; // "INCIPDOC"
  static final int FORMAT = 1;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long total;

  BinaryWriter(OutputStream out) {
    this.out = out;
    buffer.putLong(MAGIC).putInt(FORMAT);
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    crc.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  @Override
  public void document(int id, int[] hashes, int count) throws IOException {
    room(8).putInt(id).putInt(count);
    for (int i = 0; i < count; i++) {
      room(4).putInt(hashes[i]);
    }
    total++;
  }

  @Override
  public void finish() throws IOException {
    room(12).putInt(0).putLong(total);
    flush();
    room(4).putInt((int) crc.getValue());
    flush();
    out.flush();
  }

  /** Nothing to let go of: the stream is not ours. */
  @Override
  public void close() {}
}
