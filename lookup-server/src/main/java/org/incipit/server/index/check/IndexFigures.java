package org.incipit.server.index.check;

import java.util.ArrayList;
import java.util.List;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.LiveContent;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Snapshot;

/**
 * What an index is made of.
 *
 * @param version unsigned
 * @param parts oldest first
 * @param live what they hold together
 */
public record IndexFigures(long version, List<PartFigures> parts, LiveContent live) {
  /**
   * A segment, or what was in the log only.
   *
   * @param file its name, empty for what is in memory
   * @param bytes of the file, 0 for what is in memory
   * @param documents mentioned, deleted ones included
   * @param postings superseded ones included
   */
  public record PartFigures(
      String file, long bytes, long documents, long postings, CommitRange commits) {}

  public IndexFigures {
    parts = List.copyOf(parts);
  }

  /** Figures of a snapshot; reads all postings. */
  public static IndexFigures of(Snapshot snapshot, int longest) {
    List<PartFigures> figures = new ArrayList<>();
    for (Part part : snapshot.parts()) {
      boolean stored = part instanceof Segment;
      figures.add(
          new PartFigures(
              stored ? SegmentStore.name(List.of(part)) : "",
              part instanceof Segment segment ? segment.bytes() : 0,
              part.documents().size(),
              part.postings(),
              part.commits()));
    }
    return new IndexFigures(snapshot.version(), figures, LiveContent.of(snapshot.parts(), longest));
  }

  /** Bytes of all segments. */
  public long bytes() {
    return parts.stream().mapToLong(PartFigures::bytes).sum();
  }

  /** Bytes of segments for each posting in them, 0 if there are none. */
  public double bytesPerPosting() {
    long postings =
        parts.stream().filter(part -> part.bytes > 0).mapToLong(PartFigures::postings).sum();
    return postings == 0 ? 0 : (double) bytes() / postings;
  }
}
