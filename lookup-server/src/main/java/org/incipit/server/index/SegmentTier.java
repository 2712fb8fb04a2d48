package org.incipit.server.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Snapshot;
import org.incipit.server.index.store.Timeline;

/**
 * Looks after the segments: merges neighbouring ones when there are too many, and otherwise has
 * those verified that were not when the index was opened. One thread.
 */
final class SegmentTier {
  private static final long LEAST_FLOOR = 1_000_000;
  private static final long IDLE_NANOS = 300_000_000_000L;

  private static final int IDLE_SHARE = 8;

  private final Timeline timeline;
  private final SegmentStore store;
  private final IndexConfig config;
  private final Scrub scrub;
  private final Pace pace;
  private long seen;
  private long quietSince = System.nanoTime();
  private final AtomicLong wantedSegments = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong merges = new AtomicLong();

  SegmentTier(
      Timeline timeline, SegmentStore store, IndexConfig config, Scrub scrub, Throttle throttle) {
    this.timeline = timeline;
    this.store = store;
    this.config = config;
    this.scrub = scrub;
    pace = throttle.pace(this::isBehind);
  }

  /** One merge, if one is due, or a piece of verification. */
  boolean step() throws IOException {
    store.sweep();
    Snapshot snapshot = timeline.hold();
    try {
      if (snapshot.sequence() != seen) {
        seen = snapshot.sequence();
        quietSince = System.nanoTime();
      }
      List<Segment> segments = snapshot.segments();
      MergePolicy.Window window = window(segments);
      if (window.isEmpty()) {
        return scrub.step(segments);
      }
      List<Segment> merged = window.of(segments);
      if (!scrub.finish(merged, pace)) {
        return false;
      }
      Segment segment = store.write(merged, window.from() == 0, pace);
      store.replace(merged, segment, () -> timeline.replace(merged, segment));
      merges.incrementAndGet();
      return true;
    } finally {
      snapshot.release();
    }
  }

  private MergePolicy.Window window(List<Segment> segments) {
    long[] sizes = sizes(segments);
    long most = wantedSegments.get();
    boolean wanted = segments.size() > most;
    boolean idle = System.nanoTime() - quietSince > IDLE_NANOS;
    if (segments.size() > 1 && (wanted || (idle && isWorthOne(sizes)))) {
      return new MergePolicy.Window(0, segments.size());
    }
    // Not if somebody has asked meanwhile.
    wantedSegments.compareAndSet(most, Long.MAX_VALUE);
    return MergePolicy.segments(sizes, floor());
  }

  private static long[] sizes(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::weight).toArray();
  }

  private long floor() {
    return Math.max(LEAST_FLOOR, config.checkpointPostings());
  }

  /** Whether so many segments have come about that searches suffer more by them than by merging. */
  private boolean isBehind() {
    Snapshot snapshot = timeline.hold();
    try {
      return MergePolicy.isBehind(sizes(snapshot.segments()), floor());
    } finally {
      snapshot.release();
    }
  }

  /** Whether enough stands beside the largest segment for that one to be written anew. */
  private static boolean isWorthOne(long[] sizes) {
    long total = Arrays.stream(sizes).sum();
    long largest = Arrays.stream(sizes).max().orElse(0);
    return (total - largest) * IDLE_SHARE >= total;
  }

  /** Merges all segments to one, once, if there are more than so many. */
  void want(long mostSegments) {
    wantedSegments.set(mostSegments);
  }

  /** Merges done since the index was opened. */
  long merges() {
    return merges.get();
  }
}
