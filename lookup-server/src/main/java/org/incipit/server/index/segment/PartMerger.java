package org.incipit.server.index.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.postings.CodeSpace;

/** Makes one part of several neighbouring ones, oldest first. */
public final class PartMerger {
  private static final int STEP_MASK = 4095;

  private PartMerger() {}

  /** Merges a few small runs in memory, at once. */
  public static Run toRun(List<Run> runs) {
    try {
      return toRun(runs, Pace.FREE);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written or read", e);
    }
  }

  /**
   * Merges runs in memory.
   *
   * @throws IOException only what {@code pace} throws
   */
  public static Run toRun(List<Run> runs, Pace pace) throws IOException {
    int postings = 0;
    int documents = 0;
    for (Run run : runs) {
      postings = Math.addExact(postings, (int) run.postings());
      documents = Math.addExact(documents, (int) run.documents().size());
    }
    long[] all = new long[postings];
    int size = 0;
    PostingMerge merge = new PostingMerge(runs, DocumentMerge.superseded(runs, pace));
    for (int count = merge.next(); count > 0; count = merge.next()) {
      System.arraycopy(merge.merged(), 0, all, size, count);
      size += count;
      pace.step(0);
    }
    int[] ids = new int[documents];
    BitSet deleted = new BitSet();
    int mentioned = 0;
    DocumentMerge cursor = new DocumentMerge(runs, true);
    while (cursor.next()) {
      deleted.set(mentioned, cursor.deleted());
      ids[mentioned++] = cursor.id();
      if ((mentioned & STEP_MASK) == 0) {
        pace.step(0);
      }
    }
    return new Run(all, size, Arrays.copyOf(ids, mentioned), deleted, commits(runs));
  }

  /**
   * Merges parts to a new file, and syncs it. If that fails the caller deletes it.
   *
   * @param oldest whether no part is older than these, so that deleted documents can be forgotten
   */
  public static void toFile(
      Disk disk, Path path, List<? extends Part> parts, boolean oldest, Pace pace)
      throws IOException {
    IdSet[] superseded = DocumentMerge.superseded(parts, pace);
    try (DiskFile file = new PacedFile(disk.create(path), pace)) {
      SegmentWriter writer = new SegmentWriter(file, space(parts), pace);
      PostingMerge merge = new PostingMerge(parts, superseded);
      for (int count = merge.next(); count > 0; count = merge.next()) {
        writer.add(merge.merged(), 0, count);
      }
      writer.documents(new DocumentMerge(parts, !oldest));
      writer.finish(commits(parts));
    }
  }

  private static CodeSpace space(List<? extends Part> parts) {
    List<DocumentSet> sets = new ArrayList<>();
    int hashShift = 31;
    for (Part part : parts) {
      hashShift = Math.min(hashShift, part.hashShift());
      if (part.documents().size() > 0) {
        sets.add(part.documents());
      }
    }
    int minId = sets.isEmpty() ? 0 : sets.getFirst().minId();
    int maxId = sets.isEmpty() ? 0 : sets.getFirst().maxId();
    for (DocumentSet set : sets) {
      minId = Integer.compareUnsigned(set.minId(), minId) < 0 ? set.minId() : minId;
      maxId = Integer.compareUnsigned(set.maxId(), maxId) > 0 ? set.maxId() : maxId;
    }
    return CodeSpace.of(hashShift, minId, maxId);
  }

  private static CommitRange commits(List<? extends Part> parts) {
    CommitRange commits = parts.getFirst().commits();
    for (Part part : parts.subList(1, parts.size())) {
      commits = commits.with(part.commits());
    }
    return commits;
  }
}
