package org.incipit.server.index.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.postings.CodeSpace;
import org.incipit.server.index.postings.PostingSort;

/** Makes one part of several neighbouring ones, oldest first. */
public final class PartMerger {
  /** More postings than this are not sorted in memory, which takes twice their 8 bytes. */
  private static final long MOST_SORTED = 1 << 24;

  private PartMerger() {}

  /** Merges runs in memory. */
  public static Run toRun(List<Run> runs) {
    IdSet[] superseded = DocumentMerge.superseded(runs);
    int postings = 0;
    int documents = 0;
    for (Run run : runs) {
      postings = Math.addExact(postings, (int) run.postings());
      documents = Math.addExact(documents, (int) run.documents().size());
    }
    long[] all = new long[postings];
    int size = DocumentMerge.areInOrder(runs) ? sort(runs, all) : merge(runs, superseded, all);
    int[] ids = new int[documents];
    BitSet deleted = new BitSet();
    int mentioned = 0;
    DocumentMerge cursor = new DocumentMerge(runs, true);
    while (cursor.next()) {
      deleted.set(mentioned, cursor.deleted());
      ids[mentioned++] = cursor.id();
    }
    return new Run(all, size, Arrays.copyOf(ids, mentioned), deleted, commits(runs));
  }

  private static int merge(List<Run> runs, IdSet[] superseded, long[] into) {
    PostingMerge merge = new PostingMerge(runs, superseded);
    int size = 0;
    for (int count = merge.next(); count > 0; count = merge.next()) {
      System.arraycopy(merge.merged(), 0, into, size, count);
      size += count;
    }
    return size;
  }

  /**
   * One behind the other and sorted by hash, the postings of equal hashes are in the order of their
   * ids already: that takes three passes, however many runs there are.
   */
  private static int sort(List<Run> runs, long[] into) {
    int size = 0;
    for (Run run : runs) {
      size += run.cursor().read(into, size, (int) run.postings());
    }
    return PostingSort.sort(into, size, new long[size]);
  }

  /** The same parts, or the one run that they make if that is quickly done. */
  private static List<? extends Part> sorted(List<? extends Part> parts) {
    List<Run> runs = new ArrayList<>();
    long postings = 0;
    for (Part part : parts) {
      if (part instanceof Run run) {
        runs.add(run);
        postings += run.postings();
      }
    }
    boolean quick =
        runs.size() == parts.size()
            && runs.size() > 2
            && postings <= MOST_SORTED
            && DocumentMerge.areInOrder(runs);
    return quick ? List.of(toRun(runs)) : parts;
  }

  /**
   * Merges parts to a new file, and syncs it. If that fails the caller deletes it.
   *
   * @param oldest whether no part is older than these, so that deleted documents can be forgotten
   */
  public static void toFile(
      Disk disk, Path path, List<? extends Part> unsorted, boolean oldest, Pace pace)
      throws IOException {
    List<? extends Part> parts = sorted(unsorted);
    IdSet[] superseded = DocumentMerge.superseded(parts);
    try (DiskFile file = disk.create(path)) {
      SegmentWriter writer = new SegmentWriter(file, space(parts));
      PostingMerge merge = new PostingMerge(parts, superseded);
      for (int count = merge.next(); count > 0; count = merge.next()) {
        writer.add(merge.merged(), 0, count);
        pace.merged(count);
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
