package org.incipit.server.index.search;

import org.incipit.server.index.segment.Lists;

/** What one search at a time works with. Lent to a search for its length. */
public final class Scratch {
  private static final int IDS = 1 << 17;

  final int[] ids;
  final int[] one = new int[1];
  final Tally tally;
  final TopHits top = new TopHits();
  final Lists read = new Lists();
  final Lists held = new Lists();

  // What was read since SearchCounts took it.
  long lists;
  long postings;
  long blocks;

  /** The usual one: 3.5 MiB. */
  public Scratch() {
    this(IDS);
  }

  /** One that gathers so many ids at a time, from 1 on. */
  public Scratch(int capacity) {
    ids = new int[capacity];
    tally = new Tally(capacity);
  }
}
