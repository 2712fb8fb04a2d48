package org.incipit.server.index.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. One thread at a time, except for reading. */
public interface DiskFile extends Closeable {
  /** Length in bytes. */
  long size() throws IOException;

  /** Writes all that remains of the buffer. */
  void write(ByteBuffer from, long position) throws IOException;

  /**
   * Fills what remains of the buffer.
   *
   * @throws EOFException if the file is too short for that
   */
  void read(ByteBuffer into, long position) throws IOException;

  /** Makes the bytes written so far last, and the length. */
  void sync() throws IOException;

  /**
   * Maps the first bytes for reading, until the arena is closed.
   *
   * @param size at most the length: check before, since reading behind the end kills the JVM
   */
  MemorySegment map(long size, Arena arena) throws IOException;
}
