package org.incipit.server.index.search;

import org.incipit.server.index.segment.Lists;

/** What one search at a time works with. Lent to a search for its length. */
public final class Scratch {
  /** Ids that are counted at once. */
  private static final int IDS = 1 << 17;

  final int[] ids = new int[IDS];
  final Tally tally = new Tally(IDS);
  final TopHits top = new TopHits();
  private Lists lists = new Lists(256);

  /** The lists, with room for so many hashes. */
  Lists lists(int hashes) {
    if (hashes > lists.capacity()) {
      lists = new Lists(Math.max(hashes, 2 * lists.capacity()));
    }
    return lists;
  }
}
