package org.incipit.server.index.search;

import org.incipit.server.index.segment.Lists;
import org.incipit.server.index.segment.Part;

/**
 * Which lists of a query are read and which are only asked. A document that is in none of the lists
 * read has a score of at most the number of the others; so if a hit needs a score of {@code floor},
 * the {@code floor - 1} longest lists need not be read: they can only raise documents that were
 * found elsewhere.
 */
final class ListSplit {
  /**
   * Lists shorter than this are read in any case: asking one costs as much as reading a few ids.
   */
  private static final int LONG = 2048;

  private static final int BLOCK = 256;
  private static final int SHORT = 16;

  /** To ask a list about a document costs as much as to read and count so many ids. */
  private static final int COST_OF_ASKING = 20;

  private final int[] hashes;
  private final Scratch scratch;
  private int floor;
  private long bound;
  private boolean splits;

  ListSplit(int[] hashes, Scratch scratch) {
    this.hashes = hashes;
    this.scratch = scratch;
  }

  /** Finds the lists in a part, and splits them. */
  void find(Part part, int leastScore) {
    Lists read = scratch.read;
    read.clear();
    for (int hash : hashes) {
      read.add(hash);
    }
    part.find(read);
    scratch.held.clear();
    floor = leastScore;
    bound = read.bound();
    splits = bound > LONG;
    if (leastScore > 1 && read.bound() > LONG) {
      hold(part, leastScore - 1);
    }
  }

  /** The most postings that all the lists found can have together. */
  long bound() {
    return bound;
  }

  /** Splits anew if a hit needs a higher score by now. */
  void raise(Part part, int leastScore) {
    if (splits && leastScore > floor && scratch.held.size() < scratch.read.size()) {
      find(part, leastScore);
    }
  }

  /** Moves to {@code held} up to {@code most} of the longest lists. */
  private void hold(Part part, int most) {
    int least = boundOfHeld(most);
    if (least == Integer.MAX_VALUE) {
      splits = false;
      return;
    }
    Lists read = scratch.read;
    Lists held = scratch.held;
    int total = read.size();
    for (int i = 0; i < total; i++) {
      if (read.bound(i) >= least && held.size() < most) {
        held.add(read.hash(i));
      }
    }
    if (!pays(read, held, part.documents().size())) {
      held.clear();
      return;
    }
    read.clear();
    int next = 0;
    for (int hash : hashes) {
      if (next < held.size() && held.hash(next) == hash) {
        next++;
      } else {
        read.add(hash);
      }
    }
    part.find(read);
    part.find(held);
  }

  /**
   * Whether it is less work to ask the lists held about all documents of the others than to read
   * them. Of {@code all} lists, those held are the longest.
   */
  private static boolean pays(Lists all, Lists held, long documents) {
    long asked = 0;
    long spared = 0;
    int next = 0;
    for (int i = 0; i < all.size(); i++) {
      // A short list shares its block with others.
      int likely = all.bound(i) <= 2 * BLOCK ? SHORT : all.bound(i);
      if (next < held.size() && held.hash(next) == all.hash(i)) {
        spared += likely;
        next++;
      } else {
        asked += likely;
      }
    }
    // A document is asked about until so many lists lack it that it cannot be a hit any more: in
    // one list, or, if most documents are in most of the lists held, in many of them.
    double lacking = 1 - (double) spared / held.size() / documents;
    double lists = lacking * held.size() <= 1 ? held.size() : 1 / lacking;
    return asked * lists * COST_OF_ASKING < spared;
  }

  /** The bound that the longest {@code most} lists have at least; no limit if none is long. */
  private int boundOfHeld(int most) {
    Lists read = scratch.read;
    int least = Integer.MAX_VALUE;
    // One power of two after the other: the lists of the last one may not all find room.
    for (int bound = 1 << 30; bound >= LONG; bound >>= 1) {
      int count = 0;
      for (int i = 0; i < read.size(); i++) {
        count += read.bound(i) >= bound ? 1 : 0;
      }
      if (count > 0) {
        least = bound;
      }
      if (count >= most) {
        break;
      }
    }
    return least;
  }
}
