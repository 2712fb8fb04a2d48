package org.incipit.server.index.check;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import org.incipit.server.index.change.LogCheck;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.segment.SegmentCheck;
import org.incipit.server.index.store.Manifest;
import org.incipit.server.index.store.SegmentStore;
import org.jspecify.annotations.Nullable;

/** Reads every file of an index that nobody has open, and changes nothing. */
public final class IndexCheck {
  /**
   * What was read without finding damage.
   *
   * @param segments on disk
   * @param documents mentioned in them
   * @param postings in them
   * @param commits in the log only
   * @param version of the index, unsigned
   */
  public record Content(int segments, long documents, long postings, long commits, long version) {}

  private final Disk disk;
  private final Path folder;
  private final DamageSink sink;
  private int segments;
  private long documents;
  private long postings;
  private long commits;
  private long version;

  private IndexCheck(Disk disk, Path folder, DamageSink sink) {
    this.disk = disk;
    this.folder = folder;
    this.sink = sink;
  }

  /**
   * Checks the index in a folder: the manifest, all that segments hold, the log, and whether they
   * fit together.
   *
   * @param sink told of every damage
   */
  public static Content check(Disk disk, Path folder, DamageSink sink) throws IOException {
    IndexCheck check = new IndexCheck(disk, folder, sink);
    check.run();
    return new Content(
        check.segments, check.documents, check.postings, check.commits, check.version);
  }

  private void run() throws IOException {
    Manifest manifest;
    try {
      manifest = Manifest.read(disk, folder);
    } catch (CorruptIndexException e) {
      sink.damage(e);
      // Which segments belong to the index nobody knows now; what is in them can be read yet.
      for (String name : disk.list(folder)) {
        if (name.endsWith(SegmentStore.SUFFIX)) {
          count(SegmentCheck.check(disk, folder.resolve(name), sink));
        }
      }
      return;
    }
    segments(manifest);
    version = manifest.version();
    LogCheck.read(
        disk,
        folder,
        new WriteAheadLog.Known(manifest.sequence(), manifest.logged()),
        manifest.version(),
        commit -> {
          commits++;
          version = commit.version();
        },
        sink);
  }

  private void segments(Manifest manifest) throws IOException {
    long next = 1;
    long before = 0;
    for (Manifest.Entry entry : manifest.segments()) {
      Path path = folder.resolve(entry.file());
      SegmentCheck.Content content;
      try {
        content = SegmentCheck.check(disk, path, sink);
      } catch (FileNotFoundException e) {
        sink.damage(new CorruptIndexException(path, 0, "is missing"));
        next = -1;
        continue;
      }
      if (content == null) {
        next = -1;
        continue;
      }
      count(content);
      if (content.bytes() != entry.bytes()) {
        damage(path, content.bytes(), "should have " + entry.bytes() + " bytes");
      }
      if (next > 0 && content.commits().first() != next) {
        damage(path, 0, "begins with commit " + content.commits().first() + ", not " + next);
      }
      if (Long.compareUnsigned(content.commits().version(), before) <= 0) {
        damage(path, 0, "its version is not above that of the segment before");
      }
      next = content.commits().last() + 1;
      before = content.commits().version();
    }
    if (next > 0 && (next != manifest.sequence() + 1 || before != manifest.version())) {
      damage(
          folder.resolve(Manifest.NAME),
          12,
          String.format(
              "says commit %d, version %s; segments end with commit %d, version %s",
              manifest.sequence(),
              Long.toUnsignedString(manifest.version()),
              next - 1,
              Long.toUnsignedString(before)));
    }
  }

  private void count(SegmentCheck.@Nullable Content content) {
    if (content != null) {
      segments++;
      documents += content.documents();
      postings += content.postings();
    }
  }

  private void damage(Path file, long position, String what) throws IOException {
    sink.damage(new CorruptIndexException(file, position, what));
  }
}
