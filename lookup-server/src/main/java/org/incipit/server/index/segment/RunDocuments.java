package org.incipit.server.index.segment;

import java.util.BitSet;

/** The documents of a run, in arrays. */
final class RunDocuments implements DocumentSet {
  private final int[] ids;
  private final BitSet deleted;

  /**
   * Takes over both.
   *
   * @param ids ascending, unsigned
   * @param deleted the places of those that were deleted
   */
  RunDocuments(int[] ids, BitSet deleted) {
    this.ids = ids;
    this.deleted = deleted;
  }

  @Override
  public long size() {
    return ids.length;
  }

  @Override
  public int minId() {
    return ids[0];
  }

  @Override
  public int maxId() {
    return ids[ids.length - 1];
  }

  @Override
  public boolean mentions(int id) {
    return find(id) >= 0;
  }

  @Override
  public boolean inserts(int id) {
    int place = find(id);
    return place >= 0 && !deleted.get(place);
  }

  private int find(int id) {
    int low = 0;
    int high = ids.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(ids[middle], id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public DocumentCursor cursor() {
    return new DocumentCursor() {
      private int at = -1;

      @Override
      public boolean next() {
        if (at + 1 == ids.length) {
          return false;
        }
        at++;
        return true;
      }

      @Override
      public int id() {
        return ids[at];
      }

      @Override
      public boolean deleted() {
        return deleted.get(at);
      }
    };
  }

  /** Bytes in memory. */
  long bytes() {
    return 4L * ids.length + deleted.size() / 8;
  }
}
