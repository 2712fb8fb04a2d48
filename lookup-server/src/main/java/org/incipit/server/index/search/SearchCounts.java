package org.incipit.server.index.search;

import java.util.concurrent.atomic.LongAdder;

/** Counts what searches read. Any thread. */
public final class SearchCounts {
  private final LongAdder lists = new LongAdder();
  private final LongAdder postings = new LongAdder();
  private final LongAdder blocks = new LongAdder();

  /** Adds what a search has read that had this scratch, which counts anew. */
  public void take(Scratch scratch) {
    lists.add(scratch.lists);
    postings.add(scratch.postings);
    blocks.add(scratch.blocks);
    scratch.lists = 0;
    scratch.postings = 0;
    scratch.blocks = 0;
  }

  /**
   * Lists that were looked for and read: of each hash one in each part, but for those held back.
   */
  public long lists() {
    return lists.sum();
  }

  /** Postings in them. */
  public long postings() {
    return postings.sum();
  }

  /** Blocks of segments that they are in. */
  public long blocks() {
    return blocks.sum();
  }
}
