package org.incipit.server.index.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * The log of an index. After a write or sync has failed nobody knows what the file holds: every
 * {@link #append} is refused until {@link #recover} has written what is known to a new file.
 *
 * <p>One thread at a time appends; another one may call {@link #dropThrough}.
 */
public final class WriteAheadLog {
  /** A file that is longer is closed, and the next one begun. */
  static final int FILE_BYTES = 64 << 20;

  /** Small records find zeros written beforehand: then a sync need not note a new length. */
  private static final int PREALLOCATED = 1 << 20;

  private static final int SMALL = PREALLOCATED / 16;

  /** What was found when a log was opened. */
  @FunctionalInterface
  public interface Replay {
    /** A commit that is not in any segment. */
    void commit(Commit commit) throws IOException;
  }

  private final Disk disk;
  private final Path folder;
  private final Deque<LogFile> older = new ArrayDeque<>();
  private LogFile current;
  private @Nullable DiskFile file;
  private long end;
  private long allocated;
  private long next;
  private @Nullable IOException failure;
  private @Nullable String cut;

  private WriteAheadLog(Disk disk, Path folder, long first) {
    this.disk = disk;
    this.folder = folder;
    current = LogFile.of(folder, first);
    next = first;
  }

  /**
   * Opens the log in a folder, or begins one.
   *
   * @param kept sequence number of the last commit that is in a segment
   * @param replay receives those after it
   * @throws CorruptIndexException if the log is damaged or does not reach back to {@code kept}
   */
  public static WriteAheadLog open(Disk disk, Path folder, long kept, Replay replay)
      throws IOException {
    WriteAheadLog log = new WriteAheadLog(disk, folder, kept + 1);
    log.replay(kept, replay);
    return log;
  }

  private void replay(long kept, Replay replay) throws IOException {
    List<LogFile> files = new ArrayList<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(LogFile.SUFFIX)) {
        files.add(LogFile.named(folder, name));
      } else if (name.endsWith(LogFile.SUFFIX + NEW)) {
        disk.delete(folder.resolve(name));
      }
    }
    LogFile.Content content = null;
    for (int i = 0; i < files.size(); i++) {
      LogFile found = files.get(i);
      if (content == null ? found.first() > next : found.first() != next) {
        throw new CorruptIndexException(
            found.path(), 0, "the log should go on with record " + next);
      }
      content =
          found.read(
              disk,
              i == files.size() - 1,
              commit -> {
                if (commit.sequence() > kept) {
                  replay.commit(commit);
                }
              });
      next = content.next();
      older.add(found);
    }
    if (content != null && next <= kept) {
      throw new CorruptIndexException(
          older.getLast().path(), content.bytes(), "the log ends before record " + kept);
    }
    if (content == null || content.closed()) {
      begin();
      return;
    }
    current = older.removeLast();
    end = content.bytes();
    if (content.torn()) {
      cut = current.path() + ", byte " + end + ": a torn record " + next + " was cut off";
    }
    rewrite();
  }

  private static final String NEW = ".new";

  /** What was cut off when the log was opened, for a message; null if nothing was. */
  public @Nullable String cut() {
    return cut;
  }

  /** The sequence number of the next record. */
  public long next() {
    return next;
  }

  /** Begins the next file: nobody sees it before it is whole. */
  private void begin() throws IOException {
    LogFile begun = LogFile.of(folder, next);
    install(begun, begun.header());
    end = LogFile.HEADER_BYTES;
  }

  /** Writes the known part of the current file to a new one. */
  private void rewrite() throws IOException {
    ByteBuffer known = ByteBuffer.allocateDirect((int) end);
    try (DiskFile old = disk.open(current.path())) {
      old.read(known, 0);
    }
    install(current, known.flip());
  }

  private void install(LogFile begun, ByteBuffer content) throws IOException {
    Path path = begun.path().resolveSibling(begun.path().getFileName() + NEW);
    disk.delete(path);
    long bytes = content.remaining();
    DiskFile created = disk.create(path);
    boolean installed = false;
    try {
      created.write(content, 0);
      created.sync();
      disk.rename(path, begun.path());
      disk.syncDirectory(folder);
      installed = true;
    } finally {
      if (!installed) {
        created.close();
      }
    }
    if (file != null) {
      file.close();
    }
    file = created;
    current = begun;
    allocated = bytes;
  }

  /** Encodes a batch, as {@link #append} wants it. Any thread. */
  public static ByteBuffer encode(Batch batch) {
    return RecordCodec.encode(batch);
  }

  /**
   * Writes records and syncs once. When it returns they last; when it throws, it is unknown whether
   * they do.
   *
   * @param records of {@link #encode}; consumed
   * @param versions of the index after each
   */
  public void append(List<ByteBuffer> records, long[] versions) throws IOException {
    if (failure != null) {
      throw new IOException("the log failed before: " + failure.getMessage(), failure);
    }
    try {
      if (end >= FILE_BYTES) {
        closeFile();
        synchronized (older) {
          older.add(current);
        }
        begin();
      }
      write(records, versions);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void write(List<ByteBuffer> records, long[] versions) throws IOException {
    long bytes = 0;
    for (int i = 0; i < versions.length; i++) {
      RecordCodec.stamp(records.get(i), next + i, versions[i]);
      bytes += records.get(i).remaining();
    }
    DiskFile open = open();
    if (end + bytes > allocated && bytes < SMALL) {
      open.write(ByteBuffer.allocateDirect(PREALLOCATED), allocated);
      allocated += PREALLOCATED;
    }
    long at = end;
    for (ByteBuffer record : records) {
      int length = record.remaining();
      open.write(record, at);
      at += length;
    }
    open.sync();
    end = at;
    allocated = Math.max(allocated, end);
    next += versions.length;
  }

  private DiskFile open() {
    if (file == null) {
      throw new IllegalStateException("the log is closed");
    }
    return file;
  }

  private void closeFile() throws IOException {
    DiskFile open = open();
    open.write(RecordCodec.end(next), end);
    open.sync();
  }

  /** Whether a write has failed since the log was opened or recovered. */
  public boolean hasFailed() {
    return failure != null;
  }

  /**
   * After a failure: writes everything that was acknowledged to a new file and goes on with it.
   *
   * @throws IOException if that fails too; the log stays as it is
   */
  public void recover() throws IOException {
    rewrite();
    failure = null;
  }

  /** Deletes files of which no record after this one is left. */
  public void dropThrough(long sequence) throws IOException {
    synchronized (older) {
      while (!older.isEmpty()) {
        LogFile oldest = older.removeFirst();
        LogFile after = older.isEmpty() ? current : older.getFirst();
        if (after.first() > sequence + 1) {
          older.addFirst(oldest);
          return;
        }
        disk.delete(oldest.path());
      }
    }
  }

  /** Writes the end, unless the log has failed, and closes the file. */
  public void close() throws IOException {
    if (file == null) {
      return;
    }
    DiskFile closing = file;
    try {
      if (failure == null) {
        closeFile();
      }
    } finally {
      file = null;
      closing.close();
    }
  }
}
