package org.incipit.server.index.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log: those whose records are needed, and spare ones. A sync of bytes that go where
 * zeros were written and synced before notes no new length, and so does not wait for what else the
 * file system has to do; therefore files that are no longer needed are filled with zeros and used
 * again.
 *
 * <p>One thread begins files; another one may drop and prepare them.
 */
final class LogFolder {
  private static final String NEW = ".new";
  private static final String SPARE = ".spare";
  private static final int MAX_SPARES = 2;
  private static final int CHUNK_BYTES = 1 << 20;

  /** A file that can be written, and how much of it holds zeros already. */
  record Begun(DiskFile file, long allocated) {}

  private record Spare(Path path, long bytes) {}

  private final Disk disk;
  private final Path folder;
  private final int fileBytes;

  /** Oldest first; without the one that is being written. */
  private final List<LogFile> older = new ArrayList<>();

  private final ArrayDeque<Spare> spares = new ArrayDeque<>();
  private LogFile current;
  private boolean preparing;
  private boolean prepared;
  private long sparesMade;

  /**
   * Opens the folder.
   *
   * @param first number of the record with which a log begins if there is none
   */
  LogFolder(Disk disk, Path folder, int fileBytes, long first) {
    this.disk = disk;
    this.folder = folder;
    this.fileBytes = fileBytes;
    current = LogFile.of(folder, first);
  }

  /**
   * The files that are needed, oldest first. Others, which a crash has left, are deleted.
   *
   * @param kept the last record that is not needed
   */
  List<LogFile> needed(long kept) throws IOException {
    List<LogFile> files = new ArrayList<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(LogFile.SUFFIX)) {
        files.add(LogFile.named(folder, name));
      } else if (name.endsWith(LogFile.SUFFIX + NEW) || name.endsWith(SPARE)) {
        disk.delete(folder.resolve(name));
      }
    }
    // Deletions last in any order, so files may be missing between those that nobody needs.
    while (files.size() > 1 && files.get(1).first() <= kept + 1) {
      disk.delete(files.removeFirst().path());
    }
    return files;
  }

  /** Takes over what was read; the last one is the one to go on with. */
  synchronized void read(List<LogFile> files) {
    older.addAll(files.subList(0, files.size() - 1));
    current = files.getLast();
  }

  /** The file that is being written. */
  synchronized LogFile current() {
    return current;
  }

  /**
   * Begins the file after the present one, which is ended, with a record of this number. Nobody
   * sees it before it is whole.
   */
  Begun begin(long first, long salt) throws IOException {
    LogFile begun = LogFile.of(folder, first);
    ByteBuffer header = begun.header(salt);
    Spare spare = takeSpare();
    DiskFile file = spare == null ? create(begun, header) : reuse(spare.path, begun, header);
    synchronized (this) {
      // A file that was ended without a record has given its name to the new one.
      if (current.first() != first) {
        older.add(current);
      }
      current = begun;
      prepared = false;
    }
    return new Begun(file, spare == null ? LogFile.HEADER_BYTES : spare.bytes);
  }

  /** Writes the first bytes of the present file to a new one, which takes its place. */
  Begun rewrite(long bytes) throws IOException {
    LogFile rewritten = current();
    ByteBuffer known = ByteBuffer.allocateDirect((int) bytes);
    try (DiskFile old = disk.open(rewritten.path())) {
      old.read(known, 0);
    }
    return new Begun(create(rewritten, known.flip()), bytes);
  }

  private DiskFile create(LogFile begun, ByteBuffer content) throws IOException {
    Path path = begun.path().resolveSibling(begun.path().getFileName() + NEW);
    disk.delete(path);
    return install(disk.create(path), path, begun, content);
  }

  private DiskFile reuse(Path spare, LogFile begun, ByteBuffer header) throws IOException {
    return install(disk.openToWrite(spare), spare, begun, header);
  }

  private DiskFile install(DiskFile file, Path path, LogFile begun, ByteBuffer content)
      throws IOException {
    boolean installed = false;
    try {
      file.write(content, 0);
      file.sync();
      disk.rename(path, begun.path());
      disk.syncDirectory(folder);
      installed = true;
      return file;
    } finally {
      if (!installed) {
        file.close();
      }
    }
  }

  private synchronized @Nullable Spare takeSpare() {
    return spares.poll();
  }

  /**
   * Whether there is no spare file, and nobody is making one, or has tried to since the present one
   * was begun.
   */
  synchronized boolean lacksSpare() {
    return spares.isEmpty() && !preparing && !prepared;
  }

  /** Whether the caller is to {@link #prepare}. */
  synchronized boolean claimPreparation() {
    boolean claimed = lacksSpare();
    preparing |= claimed;
    return claimed;
  }

  /** Makes a spare file, after {@link #claimPreparation}. */
  void prepare() throws IOException {
    try {
      Path path = nextSpare();
      offer(path, disk.create(path));
    } finally {
      prepared();
    }
  }

  private synchronized void prepared() {
    preparing = false;
    prepared = true;
  }

  private synchronized Path nextSpare() {
    return folder.resolve(String.format("%016x%s", ++sparesMade, SPARE));
  }

  /** Fills a file with zeros and closes it; one that cannot be filled is deleted. */
  private void offer(Path path, DiskFile opened) throws IOException {
    boolean filled = false;
    try (DiskFile file = opened) {
      long bytes = Math.max(fileBytes, file.size());
      if (bytes <= 2L * fileBytes) {
        fill(file, bytes);
        add(new Spare(path, bytes));
        filled = true;
      }
    } finally {
      if (!filled) {
        disk.delete(path);
      }
    }
  }

  private void fill(DiskFile file, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(fileBytes, CHUNK_BYTES));
    for (long at = 0; at < bytes; at += zeros.capacity()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
      file.write(zeros, at);
    }
    file.sync();
  }

  private synchronized void add(Spare spare) {
    spares.add(spare);
  }

  /** Gives up files of which no record after this one is left. */
  void dropThrough(long sequence) throws IOException {
    for (Path path = nextDropped(sequence); path != null; path = nextDropped(sequence)) {
      if (hasRoom()) {
        recycle(path);
      } else {
        disk.delete(path);
        forgetOldest();
      }
    }
  }

  private void recycle(Path path) throws IOException {
    Path spare = nextSpare();
    disk.rename(path, spare);
    forgetOldest();
    // Before it is overwritten, so that its old name does not come back with other content.
    disk.syncDirectory(folder);
    offer(spare, disk.openToWrite(spare));
  }

  private synchronized @Nullable Path nextDropped(long sequence) {
    if (older.isEmpty()) {
      return null;
    }
    LogFile after = older.size() > 1 ? older.get(1) : current;
    return after.first() > sequence + 1 ? null : older.getFirst().path();
  }

  private synchronized void forgetOldest() {
    older.removeFirst();
  }

  private synchronized boolean hasRoom() {
    return spares.size() < MAX_SPARES;
  }

  /** Removes the spare files. */
  void close() throws IOException {
    for (Spare spare = takeSpare(); spare != null; spare = takeSpare()) {
      disk.delete(spare.path);
    }
  }
}
