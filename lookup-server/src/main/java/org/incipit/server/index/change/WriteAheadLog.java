package org.incipit.server.index.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * The log of an index. After a write or sync has failed nobody knows what the file holds: every
 * {@link #append} is refused until {@link #recover} has written what is known to a new file.
 *
 * <p>One thread at a time appends; another one may call {@link #dropThrough} and {@link #prepare}.
 */
public final class WriteAheadLog {
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
  private final LogFolder folder;
  private final SecureRandom random = new SecureRandom();
  private final int fileBytes;

  /** Small records find zeros written beforehand: then a sync need not note a new length. */
  private final int preallocated;

  /** Small records of a group are written at once. */
  private final ByteBuffer gathered = ByteBuffer.allocateDirect(2 * RecordCodec.DIRECT_BYTES);

  private @Nullable DiskFile file;
  private long salt;
  private long end;
  private long allocated;
  private long next;
  private boolean ended;
  private volatile boolean wantsSpare;
  private @Nullable IOException failure;
  private @Nullable String cut;

  private WriteAheadLog(Disk disk, Path path, int fileBytes, long first) {
    this.disk = disk;
    this.fileBytes = fileBytes;
    folder = new LogFolder(disk, path, fileBytes, first);
    preallocated = Math.clamp(fileBytes / 64, 1, 1 << 20);
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
    List<LogFile> files = folder.needed(known.kept());
    LogFile.Content content = new LogFile.Content(0, next, 0, true, false);
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
    }
    if (!files.isEmpty()) {
      folder.read(files);
    }
    Path last = folder.current().path();
    if (next <= known.logged()) {
      throw new CorruptIndexException(
          last, content.bytes(), "the log ends before record " + known.logged());
    }
    if (files.isEmpty()) {
      begin();
      return;
    }
    end = content.bytes();
    salt = content.salt();
    if (content.closed()) {
      ended = true;
      begin();
      return;
    }
    if (content.torn()) {
      cut = last + ", byte " + end + ": a torn record " + next + " was cut off";
    }
    rewrite();
  }

  /** What was cut off when the log was opened, for a message; null if nothing was. */
  public @Nullable String cut() {
    return cut;
  }

  /** The sequence number of the next record. */
  public long next() {
    return next;
  }

  private void begin() throws IOException {
    long fresh = random.nextLong();
    use(folder.begin(next, fresh));
    salt = fresh;
    end = LogFile.HEADER_BYTES;
    ended = false;
  }

  private void rewrite() throws IOException {
    use(folder.rewrite(end));
  }

  private void use(LogFolder.Begun begun) throws IOException {
    DiskFile before = file;
    file = begun.file();
    allocated = begun.allocated();
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
    gathered.clear();
    for (int i = 0; i < versions.length; i++) {
      RecordCodec.stamp(records.get(i), salt, next + i, next, versions[i]);
      bytes += records.get(i).remaining();
    }
    DiskFile open = open();
    if (end + bytes > allocated && bytes < preallocated / 16) {
      open.write(ByteBuffer.allocateDirect(preallocated), allocated);
      allocated += preallocated;
    }
    long at = end;
    for (ByteBuffer record : records) {
      if (record.remaining() >= RecordCodec.DIRECT_BYTES) {
        at = flush(open, at);
        int length = record.remaining();
        open.write(record, at);
        at += length;
      } else {
        at = gathered.remaining() < record.remaining() ? flush(open, at) : at;
        gathered.put(record);
      }
    }
    at = flush(open, at);
    open.sync();
    end = at;
    allocated = Math.max(allocated, end);
    next += versions.length;
    wantsSpare = end > fileBytes / 4 && folder.lacksSpare();
  }

  /** Writes the small records that were gathered, at this place; where they end. */
  private long flush(DiskFile open, long at) throws IOException {
    int length = gathered.flip().remaining();
    if (length > 0) {
      open.write(gathered, at);
    }
    gathered.clear();
    return at + length;
  }

  private DiskFile open() {
    if (file == null) {
      throw new IllegalStateException("the log is closed");
    }
    return file;
  }

  private void closeFile() throws IOException {
    DiskFile open = open();
    open.write(RecordCodec.end(salt, next), end);
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

  /** Gives up files of which no record after this one is left. */
  public void dropThrough(long sequence) throws IOException {
    folder.dropThrough(sequence);
  }

  /** Whether it is time to {@link #prepare}. */
  public boolean wantsPreparation() {
    return wantsSpare;
  }

  /** Makes the file that will be needed next, if it is time for that. Any thread. */
  public void prepare() throws IOException {
    if (wantsSpare && folder.claimPreparation()) {
      wantsSpare = false;
      folder.prepare();
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
      folder.close();
    }
  }
}
