package org.incipit.server.index.check;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.incipit.server.index.change.LogCheck;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.segment.DocumentInversion;
import org.incipit.server.index.segment.DocumentSink;
import org.incipit.server.index.store.Manifest;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Timeline;

/** An index that nobody has open, for reading; nothing in its folder is changed. */
public final class StoredIndex implements Closeable {
  private final Timeline timeline;

  private StoredIndex(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Opens the index in a folder. What is in its log only is read into memory.
   *
   * @throws CorruptIndexException if it is damaged
   */
  public static StoredIndex open(Disk disk, Path folder) throws IOException {
    SegmentStore store = SegmentStore.view(disk, folder);
    Manifest manifest = store.manifest();
    StoredIndex index = new StoredIndex(Timeline.open(store));
    boolean opened = false;
    try {
      LogCheck.read(
          disk,
          folder,
          new WriteAheadLog.Known(manifest.sequence(), manifest.logged()),
          manifest.version(),
          index.timeline::append,
          DamageSink.THROW);
      opened = true;
      return index;
    } finally {
      if (!opened) {
        index.close();
      }
    }
  }

  /** Figures of what is in it; reads all postings. */
  public IndexFigures figures(int longest) {
    return timeline.read(snapshot -> IndexFigures.of(snapshot, longest));
  }

  /**
   * Passes on all documents by ascending id, each with its hashes in ascending order. Reads all
   * postings once for each {@code atOnce} of them, and once more.
   *
   * @param atOnce most postings that are in memory at a time, 16 bytes each; more only if a single
   *     document has more
   * @return how many
   */
  public long documents(int atOnce, DocumentSink sink) throws IOException {
    return timeline.read(snapshot -> DocumentInversion.send(snapshot.parts(), atOnce, sink));
  }

  @Override
  public void close() {
    timeline.close();
  }
}
