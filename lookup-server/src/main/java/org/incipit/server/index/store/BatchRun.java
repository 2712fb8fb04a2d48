package org.incipit.server.index.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Run;

/** Makes a searchable run of a batch. */
public final class BatchRun {
  private BatchRun() {}

  /** The run of a batch, as if it were the commit in {@code commits}. */
  public static Run of(Batch batch, CommitRange commits) {
    Change[] last = lastChanges(batch.changes());
    int[] ids = new int[last.length];
    BitSet deleted = new BitSet();
    int count = 0;
    for (int i = 0; i < last.length; i++) {
      ids[i] = last[i].id();
      switch (last[i]) {
        case Change.Insert insert -> count = Math.addExact(count, insert.hashes().length);
        case Change.Delete delete -> deleted.set(i);
      }
    }
    long[] postings = new long[count];
    int filled = 0;
    for (Change change : last) {
      if (change instanceof Change.Insert insert) {
        for (int hash : insert.hashes()) {
          postings[filled++] = Posting.of(hash, insert.id());
        }
      }
    }
    int size = PostingSort.sort(postings, count, new long[count]);
    return new Run(postings, size, ids, deleted, commits);
  }

  /** The last change of each document, by ascending id. */
  private static Change[] lastChanges(List<Change> changes) {
    Change[] sorted = changes.toArray(Change[]::new);
    Arrays.sort(sorted, (a, b) -> Integer.compareUnsigned(a.id(), b.id()));
    int kept = 0;
    for (int i = 0; i < sorted.length; i++) {
      // The sort is stable: the last one of equal ids is the last one of the batch.
      if (i + 1 == sorted.length || sorted[i + 1].id() != sorted[i].id()) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }
}
