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
   * Reads all files of the log in a folder. A record torn at the end is no damage.
   *
   * @param kept sequence number of the last commit that is in a segment
   * @param version of the index after that commit
   * @param replay receives the commits after it
   * @param sink told of the first damage in each file, after which the next one is read
   * @return the files read
   */
  public static int read(
      Disk disk, Path folder, long kept, long version, WriteAheadLog.Replay replay, DamageSink sink)
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
    long[] at = {kept + 1, version};
    for (int i = 0; i < files.size(); i++) {
      LogFile file = files.get(i);
      if (i == 0 ? file.first() > at[0] : file.first() != at[0]) {
        sink.damage(
            new CorruptIndexException(file.path(), 0, "the log should go on with record " + at[0]));
      }
      try {
        LogFile.Content content =
            file.read(disk, i == files.size() - 1, commit -> pass(file, commit, kept, at, replay));
        at[0] = content.next();
      } catch (CorruptIndexException e) {
        sink.damage(e);
        at[0] = i + 1 < files.size() ? files.get(i + 1).first() : Math.max(at[0], kept + 1);
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        // The checksum is right, and yet the record is none.
        sink.damage(new CorruptIndexException(file.path(), 0, "a record is not as it must be"));
        at[0] = i + 1 < files.size() ? files.get(i + 1).first() : Math.max(at[0], kept + 1);
      }
    }
    if (!files.isEmpty() && at[0] <= kept) {
      sink.damage(
          new CorruptIndexException(
              files.getLast().path(), 0, "the log ends before record " + kept));
    }
    return files.size();
  }

  private static void pass(
      LogFile file, Commit commit, long kept, long[] at, WriteAheadLog.Replay replay)
      throws IOException {
    if (commit.sequence() <= kept) {
      return;
    }
    if (Long.compareUnsigned(commit.version(), at[1]) <= 0) {
      throw new CorruptIndexException(
          file.path(),
          0,
          "record "
              + commit.sequence()
              + " makes version "
              + Long.toUnsignedString(commit.version())
              + " of "
              + Long.toUnsignedString(at[1]));
    }
    at[1] = commit.version();
    replay.commit(commit);
  }
}
