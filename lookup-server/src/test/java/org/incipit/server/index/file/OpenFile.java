package org.incipit.server.index.file;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** An open file of a {@link SimulatedDisk}. */
final class OpenFile implements DiskFile {
  private final SimulatedDisk disk;
  private final SimulatedFile file;
  private final Path path;
  private boolean closed;

  OpenFile(SimulatedDisk disk, SimulatedFile file, Path path) {
    this.disk = disk;
    this.file = file;
    this.path = path;
    disk.opened(1);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  @Override
  public long size() {
    synchronized (disk) {
      requireOpen();
      return file.size();
    }
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    synchronized (disk) {
      requireOpen();
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      int percent = disk.before(SimulatedDisk.Operation.WRITE, path);
      int written = (int) (bytes.length * (long) percent / 100);
      file.write((int) position, Arrays.copyOf(bytes, written));
      if (percent < SimulatedDisk.WHOLE) {
        throw new IOException(path + ": wrote " + written + " of " + bytes.length + " bytes");
      }
    }
  }

  @Override
  public void read(ByteBuffer into, long position) throws IOException {
    synchronized (disk) {
      requireOpen();
      disk.before(SimulatedDisk.Operation.READ, path);
      if (position + into.remaining() > file.size()) {
        throw new EOFException(path + " ends at byte " + file.size());
      }
      byte[] bytes = new byte[into.remaining()];
      file.read((int) position, bytes);
      into.put(bytes);
    }
  }

  @Override
  public void sync() throws IOException {
    synchronized (disk) {
      requireOpen();
      boolean synced = false;
      try {
        disk.before(SimulatedDisk.Operation.SYNC, path);
        file.sync();
        synced = true;
      } finally {
        if (!synced) {
          file.forget();
        }
      }
    }
  }

  @Override
  public MemorySegment map(long size, Arena arena) throws IOException {
    synchronized (disk) {
      requireOpen();
      disk.before(SimulatedDisk.Operation.MAP, path);
      if (size > file.size()) {
        throw new AssertionError(path + " is mapped beyond its end, which would kill the JVM");
      }
      byte[] bytes = new byte[(int) size];
      file.read(0, bytes);
      MemorySegment copy = arena.allocate(size, 64);
      MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
      disk.mapped(arena.scope());
      return copy.asReadOnly();
    }
  }

  @Override
  public void close() {
    synchronized (disk) {
      if (!closed) {
        closed = true;
        disk.opened(-1);
      }
    }
  }
}
