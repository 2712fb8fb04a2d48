package org.incipit.server.index.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.incipit.server.index.change.Commit;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;

/**
 * The present {@link Snapshot} and how the next one comes about. Readers load it and hold it;
 * whoever changes it makes a new one and swaps. All that can fail is done before.
 */
public final class Timeline {
  private final Consumer<Segment> unused;
  private volatile Snapshot current;
  private volatile long memoryBytes;
  private long claimed;

  /** What is done with a snapshot. */
  @FunctionalInterface
  public interface Reading<T, X extends Exception> {
    /** Reads; not to be kept afterwards. */
    T of(Snapshot snapshot) throws X;
  }

  Timeline(Snapshot first, Consumer<Segment> unused) {
    current = first;
    this.unused = unused;
    memoryBytes = memoryBytes(first.parts());
  }

  /** Begins with what is in the segments of a store, which are opened. */
  public static Timeline open(SegmentStore store) throws IOException {
    Manifest manifest = store.manifest();
    Snapshot first =
        new Snapshot(
            store.openAll(),
            manifest.sequence(),
            manifest.version(),
            manifest.metadata(),
            store::retire);
    return new Timeline(first, store::retire);
  }

  /** Lets go of the present snapshot, once; from then on nobody can hold it. */
  public void close() {
    current.release();
  }

  /** Reads the present snapshot, which is held meanwhile. */
  public <T, X extends Exception> T read(Reading<T, X> reading) throws X {
    Snapshot snapshot = hold();
    try {
      return reading.of(snapshot);
    } finally {
      snapshot.release();
    }
  }

  /** Appends a commit that is in the log. */
  public void append(Commit commit) {
    CommitRange range = new CommitRange(commit.sequence(), commit.sequence(), commit.version());
    append(List.of(BatchRun.of(commit.batch(), range)), commit.batch().metadata());
  }

  /**
   * The present snapshot, held once for the caller.
   *
   * @throws IllegalStateException if the index is closed
   */
  public Snapshot hold() {
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
  public long memoryBytes() {
    return memoryBytes;
  }

  /**
   * The present snapshot, held once for the caller, whose runs {@link #append} leaves as they are
   * until {@link #unclaim}.
   */
  public synchronized Snapshot claim() {
    Snapshot snapshot = hold();
    claimed = snapshot.sequence();
    return snapshot;
  }

  /** Ends what {@link #claim} began. */
  public synchronized void unclaim() {
    claimed = 0;
  }

  /** Appends what was committed. */
  public synchronized void append(List<Run> runs, Map<String, String> metadata) {
    List<Part> parts = new ArrayList<>(current.parts());
    RunTail.append(parts, runs, claimed);
    Map<String, String> merged = current.metadata();
    if (!metadata.isEmpty()) {
      merged = new HashMap<>(merged);
      merged.putAll(metadata);
      merged = Map.copyOf(merged);
    }
    Run last = runs.getLast();
    swap(parts, last.commits().last(), last.commits().version(), merged);
  }

  /** Puts one part in the place of several neighbouring ones, of which it was made. */
  public synchronized void replace(List<? extends Part> merged, Part by) {
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
