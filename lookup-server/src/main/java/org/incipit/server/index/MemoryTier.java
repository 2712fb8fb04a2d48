package org.incipit.server.index;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.store.Manifest;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Snapshot;
import org.incipit.server.index.store.Timeline;

/**
 * Looks after the runs: merges many small ones, and writes all of them to a segment when they are
 * too many or too old. One maintenance thread; any thread may ask for a checkpoint.
 */
final class MemoryTier {
  /**
   * After so long without a change all runs become one. Not sooner: a client of the original
   * expects several parts five seconds after a load.
   */
  private static final long QUIET_NANOS = 7_000_000_000L;

  private final Timeline timeline;
  private final SegmentStore store;
  private final WriteAheadLog log;
  private final IndexConfig config;
  private final Pace pace;
  private long since;
  private boolean aging;
  private long seen;
  private long lastChange;
  private long wanted;
  private long done;
  private boolean ended;
  private final AtomicLong merges = new AtomicLong();
  private final AtomicLong checkpoints = new AtomicLong();

  MemoryTier(
      Timeline timeline,
      SegmentStore store,
      WriteAheadLog log,
      IndexConfig config,
      Throttle throttle) {
    this.timeline = timeline;
    this.store = store;
    this.log = log;
    this.config = config;
    pace = throttle.pace(this::isFilling);
  }

  /** One merge or checkpoint, if one is due. */
  boolean step() throws IOException {
    Snapshot snapshot = timeline.claim();
    try {
      List<Run> runs = snapshot.runs();
      if (runs.isEmpty()) {
        aging = false;
        reached(snapshot.sequence());
        return false;
      }
      if (!aging) {
        aging = true;
        since = System.nanoTime();
      }
      if (isDue(runs)) {
        checkpoint(snapshot, runs);
        return true;
      }
      long now = System.nanoTime();
      boolean quiet = snapshot.sequence() == seen;
      if (!quiet) {
        seen = snapshot.sequence();
        lastChange = now;
      }
      MergePolicy.Window window =
          runs.size() > 1 && now - lastChange >= QUIET_NANOS
              ? new MergePolicy.Window(0, runs.size())
              : window(runs, quiet);
      return merge(runs, window);
    } finally {
      timeline.unclaim();
      snapshot.release();
    }
  }

  private boolean isDue(List<Run> runs) {
    long weight = runs.stream().mapToLong(Part::weight).sum();
    long age = config.checkpointAge().toNanos();
    return weight >= config.checkpointPostings()
        || (age > 0 && System.nanoTime() - since >= age)
        || wanted() > done()
        || isFilling();
  }

  /** Whether updates will have to wait for memory, unless it is soon written. */
  private boolean isFilling() {
    return timeline.memoryBytes() >= config.memoryBytes() / 2;
  }

  private void checkpoint(Snapshot snapshot, List<Run> all) throws IOException {
    List<Run> runs = oldest(all);
    boolean oldest = all.size() == snapshot.parts().size();
    Segment segment = store.write(runs, oldest, pace);
    // The metadata may be ahead of the commits: the log has what set it, and will set it again.
    CommitRange commits = segment.commits();
    Manifest state =
        new Manifest(
            commits.last(), commits.last(), commits.version(), snapshot.metadata(), List.of());
    store.add(segment, state, () -> timeline.replace(runs, segment));
    since = System.nanoTime();
    checkpoints.incrementAndGet();
    reached(commits.last());
    log.dropThrough(commits.last());
  }

  /**
   * As many as make a segment: when much is coming in, more are there than can be sorted quickly.
   */
  private List<Run> oldest(List<Run> runs) {
    long most = config.checkpointPostings() + config.checkpointPostings() / 2;
    long sum = runs.getFirst().weight();
    int count = 1;
    while (count < runs.size() && sum + runs.get(count).weight() <= most) {
      sum += runs.get(count++).weight();
    }
    return runs.subList(0, count);
  }

  private MergePolicy.Window window(List<Run> runs, boolean quiet) {
    // While much is coming in, what will be written soon is not merged before.
    long largest = quiet ? Long.MAX_VALUE : config.checkpointPostings() / 4;
    return MergePolicy.runs(runs.stream().mapToLong(Part::weight).toArray(), largest);
  }

  private boolean merge(List<Run> runs, MergePolicy.Window window) throws IOException {
    if (window.isEmpty()) {
      return false;
    }
    List<Run> merged = window.of(runs);
    Part run = PartMerger.toRun(merged, pace);
    timeline.replace(merged, run);
    merges.incrementAndGet();
    return true;
  }

  long merges() {
    return merges.get();
  }

  long checkpoints() {
    return checkpoints.get();
  }

  /** Asks for a checkpoint of everything up to this commit. */
  synchronized void want(long sequence) {
    wanted = Math.max(wanted, sequence);
  }

  private synchronized long wanted() {
    return wanted;
  }

  synchronized long done() {
    return done;
  }

  private synchronized void reached(long sequence) {
    done = Math.max(done, sequence);
    notifyAll();
  }

  /** There will be no more checkpoints: nobody need wait. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until everything up to this commit is in segments, or for so long, or until the end. */
  synchronized boolean await(long sequence, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (done < sequence) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || ended) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
