package org.incipit.server.index.segment;

import java.util.List;

/**
 * The documents of neighbouring parts as one set: of each the newest part decides. On the way it
 * can note which documents of which part are void.
 */
final class DocumentMerge implements DocumentCursor {
  private final DocumentCursor[] cursors;
  private final boolean[] present;
  private final boolean keepDeleted;
  private int id;
  private boolean deleted;

  /**
   * @param parts oldest first
   * @param keepDeleted whether deleted documents must be remembered because older parts may have
   *     them
   */
  DocumentMerge(List<? extends Part> parts, boolean keepDeleted) {
    this.keepDeleted = keepDeleted;
    cursors = new DocumentCursor[parts.size()];
    present = new boolean[parts.size()];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = parts.get(i).documents().cursor();
      present[i] = cursors[i].next();
    }
  }

  /** For each part the ids that it inserted and a newer one mentions. Goes through all of them. */
  static IdSet[] superseded(List<? extends Part> parts) {
    IdSet[] sets = new IdSet[parts.size()];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new IdSet();
    }
    DocumentMerge merge = new DocumentMerge(parts, true);
    while (merge.advance(sets)) {
      // The sets are what is wanted.
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

  @Override
  public int id() {
    return id;
  }

  @Override
  public boolean deleted() {
    return deleted;
  }
}
