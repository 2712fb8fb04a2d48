package org.incipit.server.index.segment;

import java.util.Arrays;

/**
 * Where the lists of some hashes are in one part, and what a part needs to note while it reads
 * them. Belongs to one search at a time.
 */
public final class Lists {
  int[] hashes = new int[256];

  // A run: indices of postings. A segment: the blocks that begin with the hash.
  long[] begin = new long[256];
  long[] end = new long[256];

  // The most postings that each can have.
  int[] bounds = new int[256];

  // A segment: the block to read first, and how far it has been read.
  long[] block = new long[256];
  long[] place = new long[256];

  // What was read only to have it in the processor's cache: kept, so that it is read.
  int touched;

  private int count;
  private long bound;
  private long blocks;

  /** Begins anew without hashes. */
  public void clear() {
    count = 0;
    forget();
  }

  /** One more hash; the next one must be greater, unsigned. */
  public void add(int hash) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      begin = Arrays.copyOf(begin, 2 * count);
      end = Arrays.copyOf(end, 2 * count);
      bounds = Arrays.copyOf(bounds, 2 * count);
      block = Arrays.copyOf(block, 2 * count);
      place = Arrays.copyOf(place, 2 * count);
    }
    hashes[count++] = hash;
  }

  /** How many hashes there are. */
  public int size() {
    return count;
  }

  /** Hash {@code index}. */
  public int hash(int index) {
    return hashes[index];
  }

  /** The most postings that list {@code index} can have; known when it was looked for. */
  public int bound(int index) {
    return bounds[index];
  }

  /** The most postings that all the lists can have together. */
  public long bound() {
    return bound;
  }

  /** The blocks that the lists are in; none in a run. */
  public long blocks() {
    return blocks;
  }

  /** Notes in how many blocks a list is, of so many postings at most. */
  void blocks(int index, long count, int postings) {
    blocks += count;
    bound(index, count * postings);
  }

  /** Notes the most that a list can have. */
  void bound(int index, long postings) {
    bounds[index] = (int) Math.min(postings, Integer.MAX_VALUE);
    bound += postings;
  }

  /** Forgets what was noted in another part. */
  void forget() {
    bound = 0;
    blocks = 0;
  }
}
