package org.incipit.server.index.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The documents of neighbouring parts as one set: of each the newest part decides. On the way it
 * can note which documents of which part are void.
 */
final class DocumentMerge implements DocumentCursor {
  private static final int STEP_MASK = 1023;

  private final DocumentCursor[] cursors;
  private final boolean[] present;
  private final boolean keepDeleted;
  private final boolean inOrder;
  private int oldest;
  private int id;
  private boolean deleted;

  /**
   * @param parts oldest first
   * @param keepDeleted whether deleted documents must be remembered because older parts may have
   *     them
   */
  DocumentMerge(List<? extends Part> parts, boolean keepDeleted) {
    this.keepDeleted = keepDeleted;
    inOrder = areInOrder(parts);
    cursors = new DocumentCursor[parts.size()];
    present = new boolean[parts.size()];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = parts.get(i).documents().cursor();
      present[i] = cursors[i].next();
    }
  }

  /** Whether all ids of each part are greater than those of the parts before: the usual case. */
  static boolean areInOrder(List<? extends Part> parts) {
    long last = -1;
    for (Part part : parts) {
      DocumentSet documents = part.documents();
      if (documents.size() > 0) {
        if (Integer.toUnsignedLong(documents.minId()) <= last) {
          return false;
        }
        last = Integer.toUnsignedLong(documents.maxId());
      }
    }
    return true;
  }

  /** {@link #superseded(List, Pace)} without waiting. */
  static IdSet[] superseded(List<? extends Part> parts) {
    try {
      return superseded(parts, Pace.FREE);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written or read", e);
    }
  }

  /** For each part the ids that a newer one mentions as well. Goes through all of them. */
  static IdSet[] superseded(List<? extends Part> parts, Pace pace) throws IOException {
    IdSet[] sets = new IdSet[parts.size()];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new IdSet();
    }
    if (areInOrder(parts)) {
      return sets;
    }
    DocumentMerge merge = new DocumentMerge(parts, true);
    for (int i = 1; merge.advance(sets); i++) {
      if ((i & STEP_MASK) == 0) {
        pace.step(0);
      }
    }
    return sets;
  }

  @Override
  public boolean next() {
    do {
      if (!advance(null)) {
        return false;
      }
    } while (deleted && !keepDeleted);
    return true;
  }

  private boolean advance(IdSet @org.jspecify.annotations.Nullable [] superseded) {
    if (inOrder) {
      return advanceInOrder();
    }
    int newest = -1;
    for (int i = cursors.length - 1; i >= 0; i--) {
      if (present[i]
          && (newest < 0 || Integer.compareUnsigned(cursors[i].id(), cursors[newest].id()) < 0)) {
        newest = i;
      }
    }
    if (newest < 0) {
      return false;
    }
    id = cursors[newest].id();
    deleted = cursors[newest].deleted();
    for (int i = 0; i <= newest; i++) {
      if (present[i] && cursors[i].id() == id) {
        if (i < newest && superseded != null) {
          superseded[i].add(id);
        }
        present[i] = cursors[i].next();
      }
    }
    return true;
  }

  private boolean advanceInOrder() {
    while (oldest < cursors.length && !present[oldest]) {
      oldest++;
    }
    if (oldest == cursors.length) {
      return false;
    }
    id = cursors[oldest].id();
    deleted = cursors[oldest].deleted();
    present[oldest] = cursors[oldest].next();
    return true;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public boolean deleted() {
    return deleted;
  }
}
