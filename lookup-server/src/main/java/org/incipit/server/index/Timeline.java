package org.incipit.server.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;

/**
 * The present {@link Snapshot} and how the next one comes about. Readers load it and hold it;
 * whoever changes it makes a new one and swaps. All that can fail is done before.
 */
final class Timeline {
  /**
   * Runs up to this size together are merged at once by the writer that brings the last of them.
   */
  private static final long SMALL_WEIGHT = 1 << 14;

  private final Consumer<Segment> unused;
  private volatile Snapshot current;
  private volatile long memoryBytes;
  private long claimed;

  Timeline(Snapshot first, Consumer<Segment> unused) {
    current = first;
    this.unused = unused;
    memoryBytes = memoryBytes(first.parts());
  }

  /**
   * The present snapshot, held once for the caller.
   *
   * @throws IllegalStateException if the index is closed
   */
  Snapshot hold() {
    while (true) {
      Snapshot snapshot = current;
      if (snapshot.tryRetain()) {
        return snapshot;
      }
      if (snapshot == current) {
        // It is let go only after the next one has come, or for good.
        throw new IllegalStateException("the index is closed");
      }
    }
  }

  /** Bytes of the runs. */
  long memoryBytes() {
    return memoryBytes;
  }

  /**
   * The present snapshot, held once for the caller, whose runs {@link #append} leaves as they are
   * until {@link #unclaim}.
   */
  synchronized Snapshot claim() {
    Snapshot snapshot = hold();
    claimed = snapshot.sequence();
    return snapshot;
  }

  /** Ends what {@link #claim} began. */
  synchronized void unclaim() {
    claimed = 0;
  }

  /** Appends what was committed. */
  synchronized void append(List<Run> runs, Map<String, String> metadata) {
    List<Part> parts = new ArrayList<>(current.parts());
    for (Run run : runs) {
      append(parts, run);
    }
    Map<String, String> merged = current.metadata();
    if (!metadata.isEmpty()) {
      merged = new HashMap<>(merged);
      merged.putAll(metadata);
      merged = Map.copyOf(merged);
    }
    Run last = runs.getLast();
    swap(parts, last.commits().last(), last.commits().version(), merged);
  }

  private void append(List<Part> parts, Run run) {
    Run last = run;
    while (!parts.isEmpty()
        && parts.getLast() instanceof Run before
        && before.commits().last() > claimed
        && isMergedAtOnce(before, last)) {
      parts.removeLast();
      last =
          last.documents().size() == 0
              ? before.at(before.commits().with(last.commits()))
              : PartMerger.toRun(List.of(before, last));
    }
    parts.add(last);
  }

  private static boolean isMergedAtOnce(Run before, Run run) {
    return run.documents().size() == 0
        || (before.weight() + run.weight() <= SMALL_WEIGHT && before.weight() <= 2 * run.weight());
  }

  /** Puts one part in the place of several neighbouring ones, of which it was made. */
  synchronized void replace(List<? extends Part> merged, Part by) {
    List<Part> parts = new ArrayList<>(current.parts());
    int from = parts.indexOf(merged.getFirst());
    if (from < 0 || !parts.subList(from, from + merged.size()).equals(merged)) {
      throw new IllegalStateException("the merged parts are not in the index any more");
    }
    parts.subList(from, from + merged.size()).clear();
    parts.add(from, by);
    swap(parts, current.sequence(), current.version(), current.metadata());
  }

  private void swap(List<Part> parts, long sequence, long version, Map<String, String> metadata) {
    Snapshot before = current;
    memoryBytes = memoryBytes(parts);
    current = new Snapshot(parts, sequence, version, metadata, unused);
    before.release();
  }

  private static long memoryBytes(List<Part> parts) {
    long bytes = 0;
    for (Part part : parts) {
      bytes += part instanceof Run run ? run.bytes() : 0;
    }
    return bytes;
  }
}
