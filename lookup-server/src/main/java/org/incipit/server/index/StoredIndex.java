package org.incipit.server.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.incipit.server.index.change.LogCheck;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.DocumentInversion;
import org.incipit.server.index.segment.DocumentSink;
import org.incipit.server.index.segment.Part;

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
    List<Part> parts = store.openAll();
    Timeline timeline =
        new Timeline(
            new Snapshot(
                parts, manifest.sequence(), manifest.version(), manifest.metadata(), store::retire),
            store::retire);
    StoredIndex index = new StoredIndex(timeline);
    boolean opened = false;
    try {
      LogCheck.read(
          disk,
          folder,
          new WriteAheadLog.Known(manifest.sequence(), manifest.logged()),
          manifest.version(),
          commit -> {
            long sequence = commit.sequence();
            CommitRange range = new CommitRange(sequence, sequence, commit.version());
            timeline.append(List.of(BatchRun.of(commit.batch(), range)), commit.batch().metadata());
          },
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
    Snapshot snapshot = timeline.hold();
    try {
      return IndexFigures.of(snapshot, longest);
    } finally {
      snapshot.release();
    }
  }

  /**
   * Passes on all documents; see {@link Index#documents}.
   *
   * @return how many
   */
  public long documents(int atOnce, DocumentSink sink) throws IOException {
    Snapshot snapshot = timeline.hold();
    try {
      return DocumentInversion.send(snapshot.parts(), atOnce, sink);
    } finally {
      snapshot.release();
    }
  }

  @Override
  public void close() {
    Snapshot last = timeline.hold();
    last.release();
    // The hold of the timeline itself.
    last.release();
  }
}
