package org.incipit.server.index.segment;

import java.util.BitSet;
import org.incipit.server.index.postings.Posting;

/** A part in memory: sorted postings behind a table of the first bits of their hashes. */
public final class Run implements Part {
  /** Postings for each entry of the table, about. */
  private static final int TABLE_SHIFT = 2;

  private final long[] postings;
  private final int size;
  private final int[] table;
  private final int tableShift;
  private final int hashShift;
  private final RunDocuments documents;
  private final CommitRange commits;

  /**
   * Takes over the arrays.
   *
   * @param postings {@code size} of them, ascending, unsigned, all different
   * @param ids of the documents, ascending, unsigned
   * @param deleted the places of ids that were deleted
   */
  public Run(long[] postings, int size, int[] ids, BitSet deleted, CommitRange commits) {
    this.postings = postings;
    this.size = size;
    this.commits = commits;
    documents = new RunDocuments(ids, deleted);
    int tableBits = Math.clamp(32 - Integer.numberOfLeadingZeros(size >>> TABLE_SHIFT), 1, 24);
    tableShift = 64 - tableBits;
    table = new int[(1 << tableBits) + 1];
    int slot = 0;
    int bitsSet = 0;
    for (int i = 0; i < size; i++) {
      bitsSet |= Posting.hash(postings[i]);
      for (int bits = (int) (postings[i] >>> tableShift); slot <= bits; slot++) {
        table[slot] = i;
      }
    }
    for (; slot < table.length; slot++) {
      table[slot] = size;
    }
    hashShift = Math.min(Integer.numberOfTrailingZeros(bitsSet), 31);
  }

  private Run(Run same, CommitRange commits) {
    postings = same.postings;
    size = same.size;
    table = same.table;
    tableShift = same.tableShift;
    hashShift = same.hashShift;
    documents = same.documents;
    this.commits = commits;
  }

  /** The same content as of other commits. */
  public Run at(CommitRange range) {
    return new Run(this, range);
  }

  @Override
  public int hashShift() {
    return hashShift;
  }

  @Override
  public DocumentSet documents() {
    return documents;
  }

  @Override
  public long postings() {
    return size;
  }

  @Override
  public CommitRange commits() {
    return commits;
  }

  /** Bytes in memory. */
  public long bytes() {
    return 8L * postings.length + 4L * table.length + documents.bytes();
  }

  @Override
  public void find(Lists lists) {
    int count = lists.size();
    for (int i = 0; i < count; i++) {
      int slot = (int) (Posting.of(lists.hashes[i], 0) >>> tableShift);
      lists.begin[i] = table[slot];
      lists.end[i] = table[slot + 1];
    }
    lists.forget();
    for (int i = 0; i < count; i++) {
      int hash = lists.hashes[i];
      int begin = firstNotBefore(Posting.of(hash, 0), (int) lists.begin[i], (int) lists.end[i]);
      int end = firstAfter(Posting.of(hash, -1), begin, (int) lists.end[i]);
      lists.begin[i] = begin;
      lists.end[i] = end;
      lists.bound(i, end - begin);
    }
  }

  /** The first posting in {@code from..to} that is not less than this one. */
  private int firstNotBefore(long posting, int from, int to) {
    int low = from;
    int high = to;
    while (high - low > 8) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(postings[middle], posting) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    while (low < high && Long.compareUnsigned(postings[low], posting) < 0) {
      low++;
    }
    return low;
  }

  /** The first posting in {@code from..to} that is greater than this one; it is near. */
  private int firstAfter(long posting, int from, int to) {
    int step = 1;
    int low = from;
    while (low + step < to && Long.compareUnsigned(postings[low + step], posting) <= 0) {
      low += step;
      step <<= 1;
    }
    int end = firstNotBefore(posting, low, (int) Math.min((long) low + step, to));
    return end < to && postings[end] == posting ? end + 1 : end;
  }

  @Override
  public int gather(Lists lists, int[] into) {
    int at = 0;
    for (int i = 0; i < lists.size(); i++) {
      int end = (int) lists.end[i];
      for (int j = (int) lists.begin[i]; j < end; j++) {
        into[at++] = Posting.id(postings[j]);
      }
    }
    return at;
  }

  @Override
  public int gather(Lists lists, int first, int last, int minId, int maxId, int[] into, int at) {
    int filled = at;
    for (int i = first; i < last; i++) {
      int hash = lists.hashes[i];
      int end = (int) lists.end[i];
      long most = Posting.of(hash, maxId);
      for (int j = firstNotBefore(Posting.of(hash, minId), (int) lists.begin[i], end);
          j < end && filled < into.length && Long.compareUnsigned(postings[j], most) <= 0;
          j++) {
        into[filled++] = Posting.id(postings[j]);
      }
    }
    return filled;
  }

  @Override
  public PostingCursor cursor() {
    return new PostingCursor() {
      private int next;

      @Override
      public int read(long[] into, int at, int atMost) {
        int count = Math.min(atMost, size - next);
        System.arraycopy(postings, next, into, at, count);
        next += count;
        return count;
      }
    };
  }
}
