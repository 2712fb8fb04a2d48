package org.incipit.server.index;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;

/**
 * An index at one moment: immutable, and open for as long as somebody holds it. Whoever reads it
 * holds it meanwhile.
 */
final class Snapshot {
  private final List<Part> parts;
  private final long sequence;
  private final long version;
  private final Map<String, String> metadata;
  private final Consumer<Segment> unused;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * Held once.
   *
   * @param parts oldest first, segments before runs
   * @param unused told of segments that no snapshot has any more
   */
  Snapshot(
      List<Part> parts,
      long sequence,
      long version,
      Map<String, String> metadata,
      Consumer<Segment> unused) {
    this.parts = List.copyOf(parts);
    this.sequence = sequence;
    this.version = version;
    this.metadata = metadata;
    this.unused = unused;
    segments().forEach(Segment::retain);
  }

  List<Part> parts() {
    return parts;
  }

  List<Segment> segments() {
    return parts.stream().filter(Segment.class::isInstance).map(Segment.class::cast).toList();
  }

  List<Run> runs() {
    return parts.stream().filter(Run.class::isInstance).map(Run.class::cast).toList();
  }

  /** Of the last commit in it, 0 if there is none. */
  long sequence() {
    return sequence;
  }

  long version() {
    return version;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** Holds it once more, unless nobody does any longer. */
  boolean tryRetain() {
    int count = holders.get();
    while (count > 0) {
      if (holders.compareAndSet(count, count + 1)) {
        return true;
      }
      count = holders.get();
    }
    return false;
  }

  /** Holds it once less. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      for (Segment segment : segments()) {
        if (segment.release()) {
          unused.accept(segment);
        }
      }
    }
  }
}
