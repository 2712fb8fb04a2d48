package org.incipit.server.index;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Uninterrupted;
import org.incipit.server.index.search.SearchCounts;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Snapshot;
import org.incipit.server.index.store.Timeline;

/** The two tiers of an index, each with its thread, and those who wait for what they do. */
final class Maintenance {
  private static final Logger LOG = System.getLogger(Maintenance.class.getName());

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final String name;
  private final Timeline timeline;
  private final long memoryBytes;
  private final WriteAheadLog log;
  private final MemoryTier memory;
  private final Scrub scrub;
  private final SegmentTier segments;
  private final Upkeep memoryUpkeep;
  private final Upkeep segmentUpkeep;
  private final Object room = new Object();
  private final AtomicLong waits = new AtomicLong();
  private volatile boolean ending;

  Maintenance(
      String name,
      Timeline timeline,
      SegmentStore store,
      WriteAheadLog log,
      SearchActivity activity,
      IndexConfig config) {
    this.name = name;
    this.timeline = timeline;
    this.log = log;
    memoryBytes = config.memoryBytes();
    Throttle pace =
        new Throttle(
            Throttle.Clock.SYSTEM,
            activity,
            Runtime.getRuntime().availableProcessors(),
            config.mergeBytesPerSecond(),
            () -> ending);
    memory = new MemoryTier(timeline, store, log, config, pace);
    scrub = new Scrub(store, pace.pace(() -> false));
    segments = new SegmentTier(timeline, store, config, scrub, pace);
    memoryUpkeep = Upkeep.of("index " + name + ", memory", this::tidyMemory);
    segmentUpkeep = Upkeep.of("index " + name + ", segments", this::tidySegments);
  }

  /** Starts the threads. */
  void start() {
    memoryUpkeep.start();
    segmentUpkeep.start();
  }

  /** One piece of each kind, without the threads; true if there may be more. */
  boolean step() throws IOException {
    boolean more = tidyMemory();
    return tidySegments() || more;
  }

  private boolean tidySegments() throws IOException {
    prepareLog();
    return segments.step();
  }

  private boolean tidyMemory() throws IOException {
    prepareLog();
    boolean more = memory.step();
    synchronized (room) {
      room.notifyAll();
    }
    if (more) {
      segmentUpkeep.wake();
    }
    return more;
  }

  /** The log can do without: nothing else may wait for what fails here. */
  private void prepareLog() {
    try {
      log.prepare();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "index " + name + ", no file of the log is made ahead: " + e);
    }
  }

  /** Waits until memory has room for a batch. Not interruptible. */
  void awaitRoom() throws IOException {
    if (timeline.memoryBytes() <= memoryBytes) {
      return;
    }
    synchronized (room) {
      waits.incrementAndGet();
      Uninterrupted.await(() -> {
        while (timeline.memoryBytes() > memoryBytes && !ending) {
          memoryUpkeep.wake();
          if (!memoryUpkeep.failure().isEmpty()) {
            throw new IOException(
                "memory is full and cannot be written to disk: " + memoryUpkeep.failure());
          }
          room.wait(100);
        }
      });
    }
  }

  /** Something was committed. */
  void committed() {
    memoryUpkeep.wake();
    if (log.wantsPreparation()) {
      // The other one may be writing a segment.
      segmentUpkeep.wake();
    }
  }

  /** Asks for a checkpoint of everything up to this commit. */
  void wantCheckpoint(long sequence) {
    memory.want(sequence);
    memoryUpkeep.wake();
  }

  /** Waits until everything up to this commit is in segments; whether that was so in time. */
  boolean awaitCheckpoint(long sequence, Duration timeout) throws InterruptedException {
    return memory.await(sequence, millis(timeout));
  }

  /** Asks for one segment. */
  void optimize() {
    segments.want(1);
    segmentUpkeep.wake();
  }

  /** Waits until there is nothing more to do; whether that was so in time. */
  boolean awaitRest(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + 1_000_000 * millis(timeout);
    return memoryUpkeep.awaitRest((end - System.nanoTime()) / 1_000_000)
        && segmentUpkeep.awaitRest((end - System.nanoTime()) / 1_000_000);
  }

  /** No clock here overflows within a hundred years. */
  private static long millis(Duration timeout) {
    return timeout.compareTo(LONGEST) < 0 ? timeout.toMillis() : LONGEST.toMillis();
  }

  /** What was found since the index was opened; it is not to be used any more then. */
  Optional<CorruptIndexException> damage() {
    return scrub.damage();
  }

  /** What was done so far. */
  IndexStats stats(long syncs, SearchCounts searched) {
    return new IndexStats(
        syncs,
        waits.get(),
        memory.checkpoints(),
        memory.merges(),
        segments.merges(),
        timeline.memoryBytes(),
        timeline.read(Snapshot::unverifiedBytes),
        searched.lists(),
        searched.postings(),
        searched.blocks());
  }

  /** Ends the threads; what they are doing is given up. */
  void end() {
    segmentUpkeep.end();
    memoryUpkeep.end();
    ending = true;
    memory.end();
    memoryUpkeep.close();
    segmentUpkeep.close();
  }
}
