package org.incipit.server.index.store;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.incipit.server.index.file.Holders;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;

/**
 * An index at one moment: immutable, and open for as long as somebody holds it. Whoever reads it
 * holds it meanwhile.
 */
public final class Snapshot {
  private final List<Part> parts;
  private final long sequence;
  private final long version;
  private final Map<String, String> metadata;
  private final Consumer<Segment> unused;
  private final Holders holders = new Holders();

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

  public List<Part> parts() {
    return parts;
  }

  public List<Segment> segments() {
    return parts.stream().filter(Segment.class::isInstance).map(Segment.class::cast).toList();
  }

  public List<Run> runs() {
    return parts.stream().filter(Run.class::isInstance).map(Run.class::cast).toList();
  }

  /** Bytes of segments that are not verified yet. */
  public long unverifiedBytes() {
    return segments().stream().mapToLong(Segment::unverifiedBytes).sum();
  }

  /** Whether all segments are verified. */
  public boolean isVerified() {
    return segments().stream().allMatch(Segment::isVerified);
  }

  /** Of the last commit in it, 0 if there is none. */
  public long sequence() {
    return sequence;
  }

  public long version() {
    return version;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  /** The version of the newest part that mentions a document, if it is there. */
  public OptionalLong find(int id) {
    for (Part part : parts.reversed()) {
      if (part.documents().mentions(id)) {
        return part.documents().inserts(id)
            ? OptionalLong.of(part.commits().version())
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  /** Holds it once more, unless nobody does any longer. */
  boolean tryRetain() {
    return holders.tryRetain();
  }

  /** Holds it once less. */
  public void release() {
    if (holders.release()) {
      for (Segment segment : segments()) {
        if (segment.release()) {
          unused.accept(segment);
        }
      }
    }
  }
}
