package org.incipit.server.index.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory for one process. The lock goes with the process, however it ends; the file
 * {@value #NAME} stays and names the last holder.
 */
public final class DirectoryLock implements Closeable {
  /** The file that is locked. */
  public static final String NAME = "lock";

  private static final int MOST_PID_BYTES = 32;

  // The system drops a process's locks on a file when the process closes any channel to it, so a
  // directory that is held here must not even be tried again.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks a directory, which is created if it is not there.
   *
   * @throws DirectoryInUseException if somebody has it locked
   */
  public static DirectoryLock acquire(Path directory) throws IOException {
    FileDisk.INSTANCE.createDirectory(directory);
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new DirectoryInUseException(directory, String.valueOf(ProcessHandle.current().pid()));
    }
    DirectoryLock lock = null;
    try {
      lock = Uninterrupted.call(() -> lock(directory, real));
      return lock;
    } finally {
      if (lock == null) {
        HELD.remove(real);
      }
    }
  }

  private static DirectoryLock lock(Path directory, Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(
            real.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new DirectoryInUseException(directory, holder(channel));
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      locked = true;
      return new DirectoryLock(real, channel);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_PID_BYTES);
    channel.read(bytes, 0);
    return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(directory);
    }
  }
}
