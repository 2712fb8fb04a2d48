package org.incipit.server.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.check.IndexFigures;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DirectoryInUseException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.index.search.Scratch;
import org.incipit.server.index.search.SearchCounts;
import org.incipit.server.index.search.Searcher;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.DocumentInversion;
import org.incipit.server.index.segment.DocumentSink;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.snapshot.SnapshotFormatException;
import org.incipit.server.index.snapshot.SnapshotReader;
import org.incipit.server.index.snapshot.SnapshotWriter;
import org.incipit.server.index.store.BatchRun;
import org.incipit.server.index.store.Snapshot;
import org.incipit.server.index.store.Timeline;

/**
 * An inverted index in a folder: documents, which are sets of hashes, go in, and a query brings
 * back those that share most of its hashes. Safe for any number of threads. A search takes no lock
 * and sees every update that had returned when it began, whole; an update that has returned is on
 * the disk. When the index is closed its methods throw {@link IllegalStateException}.
 */
public final class Index implements Closeable {
  private static final Duration RECOVERY_PAUSE = Duration.ofSeconds(1);
  private static final CommitRange ANY = new CommitRange(1, 1, 1);

  private final Disk disk;
  private final Path folder;
  private final OpenFolder files;
  private final Timeline timeline;
  private final CommitQueue commits;
  private final Maintenance maintenance;
  private final ScratchPool scratches;
  private final SearchActivity activity = new SearchActivity(System.nanoTime());
  private final SearchCounts searched = new SearchCounts();
  private final MetadataRoom metadata = new MetadataRoom();
  private final Object closing = new Object();
  private final boolean mapsSegments;
  private boolean closed;

  private Index(Disk disk, Path folder, IndexConfig config, Duration recoveryPause)
      throws IOException {
    this.disk = disk;
    this.folder = folder;
    mapsSegments = config.residence() == Segment.Residence.MAPPED;
    files = OpenFolder.open(disk, folder, config);
    timeline = files.timeline();
    long version = timeline.read(Snapshot::version);
    commits = new CommitQueue(files.log(), version, recoveryPause, this::publish);
    scratches = new ScratchPool(config.searches());
    String name = String.valueOf(folder.getFileName());
    maintenance = new Maintenance(name, timeline, files.store(), files.log(), activity, config);
  }

  /**
   * Opens the index in a folder, which is created if it is not there. Until it is closed nobody
   * else can open it, in this process or another.
   *
   * @throws DirectoryInUseException if somebody has it open
   * @throws CorruptIndexException if a file in it is damaged
   */
  public static Index open(Path folder, IndexConfig config) throws IOException {
    return open(FileDisk.INSTANCE, folder, config);
  }

  /** The same on a disk that is not the machine's. */
  public static Index open(Disk disk, Path folder, IndexConfig config) throws IOException {
    Index index = new Index(disk, folder, config, RECOVERY_PAUSE);
    boolean started = false;
    try {
      index.maintenance.start();
      started = true;
      return index;
    } finally {
      if (!started) {
        index.close();
      }
    }
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
    return maintenance.step();
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
    return open(disk, folder, config.withVerification(Segment.Verification.AT_OPENING));
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
   * @throws MetadataLimitException if all metadata together would be longer than 16 MiB; nothing
   *     was written
   * @throws CorruptIndexException if the index was found damaged, see {@link #damage}
   * @throws IOException if it could not be written: the disk is full or failing. Searches go on; it
   *     is unknown whether a restart would find the batch
   */
  public long update(Batch batch, OptionalLong expectedVersion, OptionalLong position)
      throws IOException {
    Map<String, String> entries = batch.metadata();
    if (entries.isEmpty()) {
      return commit(batch, expectedVersion, position);
    }
    long bytes = metadata.reserve(entries, () -> timeline.read(Snapshot::metadata));
    try {
      return commit(batch, expectedVersion, position);
    } finally {
      metadata.release(bytes);
    }
  }

  private long commit(Batch batch, OptionalLong expectedVersion, OptionalLong position)
      throws IOException {
    requireSound();
    // Before what takes several times the memory of the batch itself.
    maintenance.awaitRoom();
    ByteBuffer record = WriteAheadLog.encode(batch);
    Run run = BatchRun.of(batch, ANY);
    return commits.commit(record, run, batch.metadata(), expectedVersion, position);
  }

  private void publish(List<Run> runs, Map<String, String> metadata) {
    timeline.append(runs, metadata);
    maintenance.committed();
  }

  /**
   * Searches; see {@link Query}. May wait for other searches to end.
   *
   * @param timeout of waiting and searching together; zero for none
   * @throws CorruptIndexException if the index was found damaged, see {@link #damage}
   * @throws IOException if postings cannot be read that are not verified yet
   */
  public Hits search(Query query, Duration timeout) throws IOException {
    requireSound();
    Deadline deadline = Deadline.in(timeout);
    Snapshot snapshot = timeline.hold();
    try {
      Scratch scratch = scratches.lease(deadline);
      if (scratch == null) {
        return Hits.INCOMPLETE;
      }
      activity.begin(System.nanoTime());
      try {
        return Searcher.search(snapshot.parts(), query, scratch, deadline);
      } catch (IndexOutOfBoundsException e) {
        requireUnverified(snapshot, e);
        throw new IOException("postings that are not verified yet cannot be read: " + e, e);
      } finally {
        activity.end();
        searched.take(scratch);
        scratches.giveBack(scratch);
      }
    } finally {
      snapshot.release();
    }
  }

  /** Whether all of it is in memory now, so that a search does not wait for the disk. */
  public boolean isInMemory() {
    return timeline.read(snapshot -> isInMemory(snapshot.parts()));
  }

  private boolean isInMemory(List<Part> parts) {
    return !mapsSegments || parts.isEmpty() || !(parts.getFirst() instanceof Segment);
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
    return searchWithin(query, mostPostings, true);
  }

  /**
   * Searches if that is a bounded amount of work, which may wait for the disk.
   *
   * @param mostPostings the bound; see {@link Searcher#searchWithin}
   * @return nothing if other searches use all there is room for, it would be more work, or it would
   *     fail
   */
  public Optional<Hits> searchWithin(Query query, long mostPostings) {
    return searchWithin(query, mostPostings, false);
  }

  private Optional<Hits> searchWithin(Query query, long mostPostings, boolean atOnce) {
    if (maintenance.damage().isPresent()) {
      return Optional.empty();
    }
    Snapshot snapshot = timeline.hold();
    try {
      List<Part> parts = snapshot.parts();
      if (atOnce && !isInMemory(parts)) {
        return Optional.empty();
      }
      Scratch scratch = scratches.tryLease();
      if (scratch == null) {
        return Optional.empty();
      }
      activity.begin(System.nanoTime());
      try {
        return Searcher.searchWithin(parts, query, scratch, mostPostings);
      } catch (IndexOutOfBoundsException e) {
        requireUnverified(snapshot, e);
        return Optional.empty();
      } finally {
        activity.end();
        searched.take(scratch);
        scratches.giveBack(scratch);
      }
    } finally {
      snapshot.release();
    }
  }

  /** Only postings that nobody has verified may lead outside of their file. */
  private static void requireUnverified(Snapshot snapshot, IndexOutOfBoundsException e) {
    if (snapshot.isVerified()) {
      throw e;
    }
  }

  private void requireSound() throws CorruptIndexException {
    Optional<CorruptIndexException> damage = damage();
    if (damage.isPresent()) {
      throw new CorruptIndexException(damage.get());
    }
  }

  /**
   * What was found since the index was opened, if its segments are verified {@linkplain
   * IndexConfig#verification later}. From then on it takes no updates and answers no searches.
   */
  public Optional<CorruptIndexException> damage() {
    return maintenance.damage();
  }

  /** Searches under way, for which maintenance stands back. */
  int searching() {
    return activity.running();
  }

  /** The version of the newest part that mentions a document, if it is there. */
  public OptionalLong get(int id) {
    return timeline.read(snapshot -> snapshot.find(id));
  }

  /** What is in the index now. */
  public IndexInfo info() {
    return timeline.read(snapshot -> IndexInfo.of(snapshot, files.store().manifest().version()));
  }

  /**
   * Writes everything committed so far to segments.
   *
   * @return whether that was done in time, and before the index was closed
   */
  public boolean checkpoint(Duration timeout) throws InterruptedException {
    return maintenance.awaitCheckpoint(wantCheckpoint(), timeout);
  }

  /** Asks for a checkpoint; the last commit that will be in it. */
  long wantCheckpoint() {
    long sequence = timeline.read(Snapshot::sequence);
    maintenance.wantCheckpoint(sequence);
    return sequence;
  }

  /** What the index has done since it was opened. */
  public IndexStats stats() {
    return maintenance.stats(commits.syncs(), searched);
  }

  /**
   * Waits until maintenance has nothing more to do.
   *
   * @return whether that was so in time, and before the index was closed
   */
  public boolean awaitMaintenance(Duration timeout) throws InterruptedException {
    return maintenance.awaitRest(timeout);
  }

  /**
   * Streams the index as it is now, with all that was committed, for {@link #restore}. Updates and
   * searches go on meanwhile.
   *
   * @param to may be slow; what it throws comes through
   */
  public void snapshot(WritableByteChannel to) throws IOException {
    requireSound();
    Snapshot snapshot = timeline.hold();
    try {
      SnapshotWriter.write(disk, folder, snapshot, to);
    } finally {
      snapshot.release();
    }
  }

  /**
   * Figures of what is in the index now; reads all postings.
   *
   * @throws IllegalStateException if not all segments are verified yet
   */
  public IndexFigures figures(int longest) {
    return timeline.read(snapshot -> IndexFigures.of(verified(snapshot), longest));
  }

  private static Snapshot verified(Snapshot snapshot) {
    if (!snapshot.isVerified()) {
      throw new IllegalStateException("not all segments are verified yet");
    }
    return snapshot;
  }

  /**
   * Passes on all documents as they are now, by ascending id, each with its hashes in ascending
   * order. Reads all postings once for each {@code atOnce} of them, and once more.
   *
   * @param atOnce most postings that are in memory at a time, 16 bytes each; more only if a single
   *     document has more
   * @return how many
   * @throws IllegalStateException if not all segments are verified yet
   */
  public long documents(int atOnce, DocumentSink sink) throws IOException {
    return timeline.read(
        snapshot -> DocumentInversion.send(verified(snapshot).parts(), atOnce, sink));
  }

  /**
   * Ends maintenance, closes the log, gives all memory back. Waits for updates under way. Whoever
   * comes second waits for the first.
   */
  @Override
  public void close() throws IOException {
    synchronized (closing) {
      if (!closed) {
        closed = true;
        try (files) {
          commits.close();
          maintenance.end();
        }
      }
    }
  }

  /** Merges everything on disk to one segment, as soon as maintenance comes to it. */
  public void optimize() {
    maintenance.optimize();
  }

  /** The number of postings of each part, oldest first, superseded ones included. */
  public List<Long> partSizes() {
    return timeline.read(snapshot -> snapshot.parts().stream().map(Part::postings).toList());
  }
}
