package org.incipit.server.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.store.Manifest;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Snapshot;
import org.incipit.server.index.store.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an index while it is open: locked, its segments and what only the log has in the
 * timeline.
 */
record OpenFolder(Closeable lock, SegmentStore store, Timeline timeline, WriteAheadLog log)
    implements Closeable {
  /** Opens a folder, which is created if it is not there. If that fails nothing stays open. */
  static OpenFolder open(Disk disk, Path folder, IndexConfig config) throws IOException {
    disk.createDirectory(folder);
    Closeable lock = disk.lock(folder);
    boolean opened = false;
    try {
      SegmentStore store =
          SegmentStore.open(disk, folder, config.residence(), config.verification());
      Timeline timeline = Timeline.open(store);
      WriteAheadLog log = openLog(disk, folder, config, store, timeline);
      opened = true;
      return new OpenFolder(lock, store, timeline, log);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static WriteAheadLog openLog(
      Disk disk, Path folder, IndexConfig config, SegmentStore store, Timeline timeline)
      throws IOException {
    Manifest manifest = store.manifest();
    @Nullable WriteAheadLog log = null;
    boolean opened = false;
    try {
      log =
          WriteAheadLog.open(
              disk,
              folder,
              new WriteAheadLog.Known(manifest.sequence(), manifest.logged()),
              config.logFileBytes(),
              timeline::append);
      store.clean();
      opened = true;
      return log;
    } finally {
      if (!opened) {
        store.keepFiles();
        timeline.close();
        if (log != null) {
          log.close();
        }
      }
    }
  }

  /** Closes everything. Once, when nobody writes any more. */
  @Override
  public void close() throws IOException {
    try (lock) {
      closeFiles();
    }
  }

  private void closeFiles() throws IOException {
    try {
      log.close();
      store.logged(timeline.read(Snapshot::sequence));
      store.sweep();
    } finally {
      store.keepFiles();
      store.closeUnused();
      // A search under way may hold what the timeline has held.
      timeline.close();
    }
  }
}
