package org.incipit.server.index.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.incipit.server.index.check.IndexCheck;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.DirectoryLock;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.store.Manifest;

/**
 * Makes the folder of an index of a stream that {@link SnapshotWriter} wrote. The folder gets its
 * name when all in it was verified and lasts.
 */
public final class SnapshotReader {
  /** How the names of folders begin in which a restore has not come to its end. */
  public static final String UNFINISHED = "restoring-";

  private static final int CHUNK = 1 << 18;

  private final Disk disk;
  private final Path folder;
  private final ReadableByteChannel from;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private long position;

  private SnapshotReader(Disk disk, Path folder, ReadableByteChannel from) {
    this.disk = disk;
    this.folder = folder;
    this.from = from;
  }

  /**
   * Reads a stream to its end. If that fails nothing is left.
   *
   * @param folder must be empty, or not be there
   * @throws SnapshotFormatException if the stream is damaged
   */
  public static void restore(Disk disk, Path folder, ReadableByteChannel from) throws IOException {
    if (!disk.list(folder).isEmpty()) {
      throw new FileAlreadyExistsException(folder.toString(), null, "is not empty");
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("folder must have one above it (got " + folder + ")");
    }
    String name = UNFINISHED + Integer.toHexString(String.valueOf(folder.getFileName()).hashCode());
    Path work = parent.resolve(name);
    disk.createDirectory(work);
    Closeable lock = disk.lock(work);
    try (lock) {
      restore(disk, work, parent, folder, from);
    }
  }

  private static void restore(
      Disk disk, Path work, Path parent, Path folder, ReadableByteChannel from) throws IOException {
    boolean done = false;
    try {
      for (String file : disk.list(work)) {
        if (!file.equals(DirectoryLock.NAME)) {
          disk.delete(work.resolve(file));
        }
      }
      new SnapshotReader(disk, work, from).read();
      disk.delete(folder);
      disk.rename(work, folder);
      disk.syncDirectory(parent);
      done = true;
    } finally {
      if (!done) {
        disk.deleteFolder(work);
      }
    }
  }

  private void read() throws IOException {
    fill(16);
    if (chunk.getLong(0) != SnapshotWriter.MAGIC || chunk.getInt(8) != SnapshotWriter.FORMAT) {
      throw new SnapshotFormatException(0, "not a snapshot of format " + SnapshotWriter.FORMAT);
    }
    Manifest manifest = manifest(chunk.getInt(12));
    Set<String> names = new HashSet<>();
    for (Manifest.Entry entry : manifest.segments()) {
      if (!names.add(entry.file())) {
        throw new SnapshotFormatException(16, "names a segment twice: " + entry.file());
      }
      segment(entry);
    }
    int sum = (int) crc.getValue();
    fill(4);
    if (chunk.getInt(0) != sum) {
      throw new SnapshotFormatException(position - 4, "checksum");
    }
    if (from.read(chunk.clear()) >= 0) {
      throw new SnapshotFormatException(position, "something behind the end");
    }
    disk.syncDirectory(folder);
    manifest.write(disk, folder);
    try {
      // Also whether the manifest says of the segments what they are, and asks for no log.
      IndexCheck.check(disk, folder, DamageSink.THROW);
    } catch (CorruptIndexException e) {
      throw new SnapshotFormatException(position, e);
    }
  }

  /** Grows with what comes, whatever the length says. */
  private Manifest manifest(int bytes) throws IOException {
    if (bytes < 0 || bytes > Manifest.MAX_BYTES) {
      throw new SnapshotFormatException(12, "a manifest of " + bytes + " bytes");
    }
    ByteBuffer all = ByteBuffer.allocate(Math.min(bytes, CHUNK)).order(ByteOrder.LITTLE_ENDIAN);
    for (int left = bytes; left > 0; left = bytes - all.position()) {
      if (!all.hasRemaining()) {
        int capacity = (int) Math.min(2L * all.capacity(), bytes);
        all = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(all.flip());
      }
      fill(Math.min(CHUNK, all.remaining()));
      all.put(chunk);
    }
    try {
      return Manifest.decode(all.flip(), folder.resolve(Manifest.NAME));
    } catch (CorruptIndexException e) {
      throw new SnapshotFormatException(position, e);
    }
  }

  private void segment(Manifest.Entry entry) throws IOException {
    if (!entry.file().matches("[0-9a-f]{16}-[0-9a-f]{16}\\.segment") || entry.bytes() < 0) {
      throw new SnapshotFormatException(16, "not a segment: " + entry);
    }
    try (DiskFile file = disk.create(folder.resolve(entry.file()))) {
      for (long at = 0; at < entry.bytes(); at += CHUNK) {
        fill((int) Math.min(CHUNK, entry.bytes() - at));
        file.write(chunk, at);
      }
      file.sync();
    }
  }

  /** Reads the next bytes, at most {@value #CHUNK}, into the chunk. */
  private void fill(int bytes) throws IOException {
    chunk.clear().limit(bytes);
    while (chunk.hasRemaining()) {
      if (from.read(chunk) < 0) {
        throw new SnapshotFormatException(position + chunk.position(), "ends too early");
      }
    }
    position += bytes;
    crc.update(chunk.flip());
    chunk.rewind();
  }
}
