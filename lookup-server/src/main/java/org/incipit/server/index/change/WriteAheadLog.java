package org.incipit.server.index.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final String NEW = ".new";

  /** What was found when a log was opened. */
  @FunctionalInterface
  public interface Replay {
    /** A commit that is not in any segment. */
    void commit(Commit commit) throws IOException;
  }

  /**
   * What is known of the commits in a log before it is read.
   *
   * @param kept the last one that is in a segment, so that the log need not have it
   * @param logged the last one of which it is known that it was in the log; at least {@code kept}
   */
  public record Known(long kept, long logged) {}

  private final Disk disk;
  private final Path folder;
  private final int fileBytes;

  /** Small records find zeros written beforehand: then a sync need not note a new length. */
  private final int preallocated;

  /** Guarded by itself, as is writing {@link #current}. */
  private final List<LogFile> older = new ArrayList<>();

  private LogFile current;
  private @Nullable DiskFile file;
  private long end;
  private long allocated;
  private long next;
  private boolean ended;
  private @Nullable IOException failure;
  private @Nullable String cut;

  private WriteAheadLog(Disk disk, Path folder, int fileBytes, long first) {
    this.disk = disk;
    this.folder = folder;
    this.fileBytes = fileBytes;
    preallocated = Math.clamp(fileBytes / 64, 1, 1 << 20);
    current = LogFile.of(folder, first);
    next = first;
  }

  /**
   * Opens the log in a folder, or begins one.
   *
   * @param fileBytes a file that has become as long as that is closed, and the next one begun
   * @param replay receives the commits that are not in a segment
   * @throws CorruptIndexException if the log is damaged or lacks commits that it must have
   */
  public static WriteAheadLog open(
      Disk disk, Path folder, Known known, int fileBytes, Replay replay) throws IOException {
    WriteAheadLog log = new WriteAheadLog(disk, folder, fileBytes, known.kept() + 1);
    log.replay(known, replay);
    return log;
  }

  private void replay(Known known, Replay replay) throws IOException {
    List<LogFile> files = files(known.kept());
    LogFile.Content content = new LogFile.Content(next, 0, true, false);
    for (int i = 0; i < files.size(); i++) {
      LogFile found = files.get(i);
      if (i == 0 && found.first() > next) {
        throw new CorruptIndexException(
            found.path(), 0, "the log should begin with record " + next);
      }
      content =
          found.read(
              disk,
              i + 1 < files.size() ? files.get(i + 1) : null,
              commit -> {
                if (commit.sequence() > known.kept()) {
                  replay.commit(commit);
                }
              });
      next = content.next();
      older.add(found);
      current = found;
    }
    if (next <= known.logged()) {
      throw new CorruptIndexException(
          current.path(), content.bytes(), "the log ends before record " + known.logged());
    }
    if (files.isEmpty()) {
      begin();
      return;
    }
    older.removeLast();
    end = content.bytes();
    if (content.closed()) {
      ended = true;
      begin();
      return;
    }
    if (content.torn()) {
      cut = current.path() + ", byte " + end + ": a torn record " + next + " was cut off";
    }
    rewrite();
  }

  /** The files that are needed; others, which a crash has left, are deleted. */
  private List<LogFile> files(long kept) throws IOException {
    List<LogFile> files = new ArrayList<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(LogFile.SUFFIX)) {
        files.add(LogFile.named(folder, name));
      } else if (name.endsWith(LogFile.SUFFIX + NEW)) {
        disk.delete(folder.resolve(name));
      }
    }
    // Deletions last in any order, so files may be missing between those that nobody needs.
    while (files.size() > 1 && files.get(1).first() <= kept + 1) {
      disk.delete(files.removeFirst().path());
    }
    return files;
  }

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
    ended = false;
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
    DiskFile before = file;
    file = created;
    allocated = bytes;
    synchronized (older) {
      // A file that was ended without a record has given its name to the new one.
      if (ended && current.first() != begun.first()) {
        older.add(current);
      }
      current = begun;
    }
    if (before != null) {
      before.close();
    }
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
      if (end >= fileBytes) {
        closeFile();
        ended = true;
        begin();
      }
      write(records, versions);
    } catch (IOException e) {
      failure = e;
      throw e;
    } catch (RuntimeException | Error e) {
      failure = new IOException(e);
      throw e;
    }
  }

  private void write(List<ByteBuffer> records, long[] versions) throws IOException {
    long bytes = 0;
    for (int i = 0; i < versions.length; i++) {
      RecordCodec.stamp(records.get(i), next + i, next, versions[i]);
      bytes += records.get(i).remaining();
    }
    DiskFile open = open();
    if (end + bytes > allocated && bytes < preallocated / 16) {
      open.write(ByteBuffer.allocateDirect(preallocated), allocated);
      allocated += preallocated;
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
    if (ended) {
      begin();
    } else {
      rewrite();
    }
    failure = null;
  }

  /** Deletes files of which no record after this one is left. */
  public void dropThrough(long sequence) throws IOException {
    synchronized (older) {
      while (!older.isEmpty()) {
        LogFile after = older.size() > 1 ? older.get(1) : current;
        if (after.first() > sequence + 1) {
          return;
        }
        disk.delete(older.getFirst().path());
        older.removeFirst();
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
