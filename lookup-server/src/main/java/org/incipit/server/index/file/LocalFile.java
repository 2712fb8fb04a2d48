package org.incipit.server.index.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A file of the machine's file system.
 *
 * <p>An interrupt closes a {@link FileChannel} for everyone who uses it. An asynchronous channel
 * does not know interrupts; with {@link SameThread} as its executor it is a plain file that reads
 * and writes on the calling thread.
 */
final class LocalFile implements DiskFile {
  private final Path path;
  private final AsynchronousFileChannel channel;

  LocalFile(Path path, OpenOption... options) throws IOException {
    this.path = path;
    channel = AsynchronousFileChannel.open(path, Set.of(options), SameThread.EXECUTOR);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      at += await(channel.write(from, at));
    }
  }

  @Override
  public void read(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = await(channel.read(into, at));
      if (count < 0) {
        throw new EOFException(
            path + " ends at byte " + at + ", " + into.remaining() + " bytes early");
      }
      at += count;
    }
  }

  /** The result of what has been done already. */
  private static int await(Future<Integer> done) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      interrupted = true;
      InterruptedIOException interruption = new InterruptedIOException();
      interruption.initCause(e);
      throw interruption;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public MemorySegment map(long size, Arena arena) throws IOException {
    // A mapping outlives the channel that made it.
    return Uninterrupted.call(() -> {
      try (FileChannel mapped = FileChannel.open(path, StandardOpenOption.READ)) {
        return mapped.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      }
    });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
