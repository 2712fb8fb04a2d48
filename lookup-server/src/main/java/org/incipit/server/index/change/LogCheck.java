package org.incipit.server.index.change;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;

/** Reads a log that nobody has open, and changes nothing. */
public final class LogCheck {
  private LogCheck() {}

  /**
   * Reads the files of the log in a folder that are needed. A record torn at the end is no damage.
   *
   * @param version of the index after the commit {@code known.kept()}
   * @param replay receives the commits after it
   * @param sink told of the first damage in each file, after which the next one is read
   */
  public static void read(
      Disk disk,
      Path folder,
      WriteAheadLog.Known known,
      long version,
      WriteAheadLog.Replay replay,
      DamageSink sink)
      throws IOException {
    List<LogFile> files = files(disk, folder, known.kept(), sink);
    long next = known.kept() + 1;
    long[] reached = {version};
    for (int i = 0; i < files.size(); i++) {
      LogFile file = files.get(i);
      LogFile following = i + 1 < files.size() ? files.get(i + 1) : null;
      if (i == 0 && file.first() > next) {
        sink.damage(
            new CorruptIndexException(file.path(), 0, "the log should begin with record " + next));
      }
      try {
        next =
            file.read(disk, following, commit -> pass(file, commit, known.kept(), reached, replay))
                .next();
      } catch (CorruptIndexException e) {
        sink.damage(e);
        next = following == null ? known.logged() + 1 : following.first();
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        // The checksum is right, and yet the record is none.
        sink.damage(new CorruptIndexException(file.path(), 0, "a record is not as it must be"));
        next = following == null ? known.logged() + 1 : following.first();
      }
    }
    if (next <= known.logged()) {
      Path last = files.isEmpty() ? folder : files.getLast().path();
      sink.damage(
          new CorruptIndexException(last, 0, "the log ends before record " + known.logged()));
    }
  }

  private static List<LogFile> files(Disk disk, Path folder, long kept, DamageSink sink)
      throws IOException {
    List<LogFile> files = new ArrayList<>();
    for (String name : disk.list(folder)) {
      if (name.endsWith(LogFile.SUFFIX)) {
        try {
          files.add(LogFile.named(folder, name));
        } catch (CorruptIndexException e) {
          sink.damage(e);
        }
      }
    }
    // Of those that nobody needs any more some may be deleted already.
    while (files.size() > 1 && files.get(1).first() <= kept + 1) {
      files.removeFirst();
    }
    return files;
  }

  private static void pass(
      LogFile file, Commit commit, long kept, long[] reached, WriteAheadLog.Replay replay)
      throws IOException {
    if (commit.sequence() <= kept) {
      return;
    }
    if (Long.compareUnsigned(commit.version(), reached[0]) <= 0) {
      throw new CorruptIndexException(
          file.path(),
          0,
          "record "
              + commit.sequence()
              + " makes version "
              + Long.toUnsignedString(commit.version())
              + " of "
              + Long.toUnsignedString(reached[0]));
    }
    reached[0] = commit.version();
    replay.commit(commit);
  }
}
