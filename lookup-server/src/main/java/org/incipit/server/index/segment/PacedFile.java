package org.incipit.server.index.segment;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.incipit.server.index.file.DiskFile;

/**
 * A file that is written and read at a pace. What is written is synced piece by piece: the sync of
 * a whole segment at its end would keep a small one of the log waiting for all of it.
 */
final class PacedFile implements DiskFile {
  /** Most bytes written that a sync finds. */
  static final int SYNC_BYTES = 16 << 20;

  private final DiskFile file;
  private final Pace pace;
  private long unsynced;

  /** Takes over the file. */
  PacedFile(DiskFile file, Pace pace) {
    this.file = file;
    this.pace = pace;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    int bytes = from.remaining();
    if (unsynced + bytes > SYNC_BYTES) {
      sync();
    }
    file.write(from, position);
    unsynced += bytes;
    pace.step(bytes);
  }

  @Override
  public void read(ByteBuffer into, long position) throws IOException {
    int bytes = into.remaining();
    file.read(into, position);
    pace.step(bytes);
  }

  @Override
  public void sync() throws IOException {
    pace.step(0);
    file.sync();
    unsynced = 0;
  }

  @Override
  public MemorySegment map(long size, Arena arena) throws IOException {
    return file.map(size, arena);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
