package org.incipit.server.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Commit;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.search.Scratch;
import org.incipit.server.index.search.Searcher;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.DocumentInversion;
import org.incipit.server.index.segment.DocumentSet;
import org.incipit.server.index.segment.DocumentSink;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;

/**
 * An inverted index in a folder: documents, which are sets of hashes, go in, and a query brings
 * back those that share most of its hashes. Safe for any number of threads. A search takes no lock
 * and sees every update that had returned when it began, whole; an update that has returned is on
 * the disk.
 */
public final class Index implements Closeable {
  private static final Duration RECOVERY_PAUSE = Duration.ofSeconds(1);
  private static final CommitRange ANY = new CommitRange(1, 1, 1);

  private final Disk disk;
  private final Path folder;
  private final IndexConfig config;
  private final SegmentStore store;
  private final WriteAheadLog log;
  private final Timeline timeline;
  private final CommitQueue commits;
  private final MemoryTier memory;
  private final SegmentTier segments;
  private final Upkeep memoryUpkeep;
  private final Upkeep segmentUpkeep;
  private final ScratchPool scratches;
  private final Object room = new Object();
  private volatile boolean closing;
  private final AtomicLong waits = new AtomicLong();

  private Index(Disk disk, Path folder, IndexConfig config, Duration recoveryPause)
      throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.config = config;
    disk.createDirectory(folder);
    store = SegmentStore.open(disk, folder, config.residence());
    Manifest manifest = store.manifest();
    List<Part> parts = store.openAll();
    timeline =
        new Timeline(
            new Snapshot(
                parts, manifest.sequence(), manifest.version(), manifest.metadata(), store::retire),
            store::retire);
    boolean opened = false;
    try {
      log =
          WriteAheadLog.open(
              disk,
              folder,
              new WriteAheadLog.Known(manifest.sequence(), manifest.logged()),
              config.logFileBytes(),
              this::replay);
      store.clean();
      opened = true;
    } finally {
      if (!opened) {
        store.keepFiles();
        parts.forEach(part -> ((Segment) part).close());
      }
    }
    Pace pace =
        postings -> {
          if (closing) {
            throw new IOException("the index is being closed");
          }
        };
    Snapshot snapshot = timeline.hold();
    commits = new CommitQueue(log, snapshot.version(), recoveryPause, this::publish);
    snapshot.release();
    scratches = new ScratchPool(config.searches());
    memory = new MemoryTier(timeline, store, log, config, pace);
    segments = new SegmentTier(timeline, store, config, pace);
    String name = String.valueOf(folder.getFileName());
    memoryUpkeep = Upkeep.of("index " + name + ", memory", this::tidyMemory);
    segmentUpkeep = Upkeep.of("index " + name + ", segments", segments::step);
  }

  /**
   * Opens the index in a folder, which is created if it is not there.
   *
   * @throws CorruptIndexException if a file in it is damaged
   */
  public static Index open(Path folder, IndexConfig config) throws IOException {
    return open(FileDisk.INSTANCE, folder, config);
  }

  /** The same on a disk that is not the machine's. */
  public static Index open(Disk disk, Path folder, IndexConfig config) throws IOException {
    Index index = new Index(disk, folder, config, RECOVERY_PAUSE);
    index.memoryUpkeep.start();
    index.segmentUpkeep.start();
    return index;
  }

  /**
   * The same without threads, for tests: maintenance is only done by {@link #maintain}, and the
   * first update after a failure tries whether the disk works again.
   */
  static Index openByHand(Disk disk, Path folder, IndexConfig config) throws IOException {
    return new Index(disk, folder, config, Duration.ZERO);
  }

  /** One piece of maintenance of each kind; true if there may be more. */
  boolean maintain() throws IOException {
    boolean more = tidyMemory();
    return segments.step() || more;
  }

  /**
   * Makes an index of a stream that {@link #snapshot} wrote, and opens it. All of the stream is
   * verified before there is an index; if it is refused, nothing is left.
   *
   * @param folder must be empty, or not be there
   * @throws SnapshotFormatException if the stream is damaged or ends too early
   */
  public static Index restore(Path folder, ReadableByteChannel from, IndexConfig config)
      throws IOException {
    return restore(FileDisk.INSTANCE, folder, from, config);
  }

  /** The same on a disk that is not the machine's. */
  public static Index restore(Disk disk, Path folder, ReadableByteChannel from, IndexConfig config)
      throws IOException {
    SnapshotReader.restore(disk, folder, from);
    return open(disk, folder, config);
  }

  private void replay(Commit commit) {
    CommitRange range = new CommitRange(commit.sequence(), commit.sequence(), commit.version());
    timeline.append(List.of(BatchRun.of(commit.batch(), range)), commit.batch().metadata());
  }

  /** Commits a batch. {@link #update(Batch, OptionalLong, OptionalLong)} without conditions. */
  public long update(Batch batch) throws IOException {
    return update(batch, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Commits a batch. When this returns it is on the disk and searches see it. May wait for memory
   * to become free. Not interruptible.
   *
   * @param expectedVersion that the index must have before
   * @param position in a feed, which becomes the version; above the present one
   * @return the version after it
   * @throws VersionMismatchException if the version is not the expected one
   * @throws IOException if it could not be written: the disk is full or failing. Searches go on; it
   *     is unknown whether a restart would find the batch
   */
  public long update(Batch batch, OptionalLong expectedVersion, OptionalLong position)
      throws IOException {
    ByteBuffer record = WriteAheadLog.encode(batch);
    Run run = BatchRun.of(batch, ANY);
    awaitRoom();
    return commits.commit(record, run, batch.metadata(), expectedVersion, position);
  }

  private void awaitRoom() throws IOException {
    if (timeline.memoryBytes() <= config.memoryBytes()) {
      return;
    }
    boolean interrupted = false;
    synchronized (room) {
      waits.incrementAndGet();
      while (timeline.memoryBytes() > config.memoryBytes() && !closing) {
        memoryUpkeep.wake();
        if (!memoryUpkeep.failure().isEmpty()) {
          throw new IOException(
              "memory is full and cannot be written to disk: " + memoryUpkeep.failure());
        }
        try {
          room.wait(100);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(List<Run> runs, Map<String, String> metadata) {
    timeline.append(runs, metadata);
    memoryUpkeep.wake();
  }

  private boolean tidyMemory() throws IOException {
    boolean more = memory.step();
    synchronized (room) {
      room.notifyAll();
    }
    if (more) {
      segmentUpkeep.wake();
    }
    return more;
  }

  /**
   * Searches; see {@link Query}. May wait for other searches to end.
   *
   * @param timeout of waiting and searching together; zero for none
   */
  public Hits search(Query query, Duration timeout) throws IOException {
    Deadline deadline = Deadline.in(timeout);
    Snapshot snapshot = timeline.hold();
    try {
      Scratch scratch = scratches.lease(deadline);
      if (scratch == null) {
        return Hits.INCOMPLETE;
      }
      try {
        return Searcher.search(snapshot.parts(), query, scratch, deadline);
      } finally {
        scratches.giveBack(scratch);
      }
    } finally {
      snapshot.release();
    }
  }

  /**
   * Searches if that can be done at once: on what is in memory, without waiting for anything, and
   * with a bounded amount of work. For a thread that must not be kept.
   *
   * @param mostPostings the bound; see {@link Searcher#searchWithin}
   * @return nothing if it cannot: segments are mapped, other searches use all there is room for, or
   *     it would be more work
   */
  public Optional<Hits> searchAtOnce(Query query, long mostPostings) {
    Snapshot snapshot = timeline.hold();
    try {
      List<Part> parts = snapshot.parts();
      boolean mapped = config.residence() == Segment.Residence.MAPPED;
      if (mapped && !parts.isEmpty() && parts.getFirst() instanceof Segment) {
        return Optional.empty();
      }
      Scratch scratch = scratches.tryLease();
      if (scratch == null) {
        return Optional.empty();
      }
      try {
        return Searcher.searchWithin(parts, query, scratch, mostPostings);
      } finally {
        scratches.giveBack(scratch);
      }
    } finally {
      snapshot.release();
    }
  }

  /** The version of the newest part that mentions a document, if it is there. */
  public OptionalLong get(int id) {
    Snapshot snapshot = timeline.hold();
    try {
      for (Part part : snapshot.parts().reversed()) {
        if (part.documents().mentions(id)) {
          return part.documents().inserts(id)
              ? OptionalLong.of(part.commits().version())
              : OptionalLong.empty();
        }
      }
      return OptionalLong.empty();
    } finally {
      snapshot.release();
    }
  }

  /** What is in the index now. */
  public IndexInfo info() {
    Snapshot snapshot = timeline.hold();
    try {
      long documents = 0;
      int minId = 0;
      int maxId = 0;
      for (Part part : snapshot.parts()) {
        DocumentSet set = part.documents();
        if (set.size() > 0) {
          minId =
              documents == 0 || Integer.compareUnsigned(set.minId(), minId) < 0
                  ? set.minId()
                  : minId;
          maxId = Integer.compareUnsigned(set.maxId(), maxId) > 0 ? set.maxId() : maxId;
          documents += set.size();
        }
      }
      return new IndexInfo(
          snapshot.version(),
          snapshot.metadata(),
          snapshot.parts().size(),
          documents,
          minId,
          maxId,
          store.manifest().version());
    } finally {
      snapshot.release();
    }
  }

  /**
   * Writes everything committed so far to segments.
   *
   * @return whether that was done in time
   */
  public boolean checkpoint(Duration timeout) throws InterruptedException {
    return memory.await(wantCheckpoint(), timeout.toMillis());
  }

  /** Asks for a checkpoint; the last commit that will be in it. */
  long wantCheckpoint() {
    Snapshot snapshot = timeline.hold();
    long sequence = snapshot.sequence();
    snapshot.release();
    memory.want(sequence);
    memoryUpkeep.wake();
    return sequence;
  }

  /** What the index has done since it was opened. */
  public IndexStats stats() {
    return new IndexStats(
        commits.syncs(),
        waits.get(),
        memory.checkpoints(),
        memory.merges(),
        segments.merges(),
        timeline.memoryBytes());
  }

  /**
   * Waits until maintenance has nothing more to do.
   *
   * @return whether that was so in time
   */
  public boolean awaitMaintenance(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    return memoryUpkeep.awaitRest((end - System.nanoTime()) / 1_000_000)
        && segmentUpkeep.awaitRest((end - System.nanoTime()) / 1_000_000);
  }

  /**
   * Streams the index as it is now, with all that was committed, for {@link #restore}. Updates and
   * searches go on meanwhile.
   *
   * @param to may be slow; what it throws comes through
   */
  public void snapshot(WritableByteChannel to) throws IOException {
    Snapshot snapshot = timeline.hold();
    try {
      SnapshotWriter.write(disk, folder, snapshot, to);
    } finally {
      snapshot.release();
    }
  }

  /** Figures of what is in the index now; reads all postings. */
  public IndexFigures figures(int longest) {
    Snapshot snapshot = timeline.hold();
    try {
      return IndexFigures.of(snapshot, longest);
    } finally {
      snapshot.release();
    }
  }

  /**
   * Passes on all documents as they are now, by ascending id, each with its hashes in ascending
   * order. Reads all postings once for each {@code atOnce} of them, and once more.
   *
   * @param atOnce most postings that are in memory at a time, 16 bytes each; more only if a single
   *     document has more
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

  /** Ends maintenance, closes the log, gives all memory back. Waits for updates under way. */
  @Override
  public void close() throws IOException {
    if (closing) {
      return;
    }
    commits.close();
    segmentUpkeep.end();
    memoryUpkeep.end();
    closing = true;
    memoryUpkeep.close();
    segmentUpkeep.close();
    Snapshot last = timeline.hold();
    try {
      log.close();
      store.logged(last.sequence());
      store.sweep();
    } finally {
      store.keepFiles();
      store.closeUnused();
      last.release();
      // The one that the timeline has held; a search under way may hold it yet.
      last.release();
    }
  }

  /** Merges everything on disk to one segment, as soon as maintenance comes to it. */
  public void optimize() {
    segments.want(1);
    segmentUpkeep.wake();
  }

  /** The number of postings of each part, oldest first, superseded ones included. */
  public List<Long> partSizes() {
    Snapshot snapshot = timeline.hold();
    try {
      List<Long> sizes = new ArrayList<>();
      snapshot.parts().forEach(part -> sizes.add(part.postings()));
      return sizes;
    } finally {
      snapshot.release();
    }
  }
}
