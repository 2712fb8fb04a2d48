package org.incipit.server.index.segment;

/**
 * Where the lists of a query's hashes are in one part, and what a part needs to note while it reads
 * them. Belongs to one search at a time.
 */
public final class Lists {
  final int[] hashes;
  int count;

  // A run: indices of postings. A segment: the blocks that begin with the hash.
  final long[] begin;
  final long[] end;

  // A segment: how far the block before has been read.
  final long[] place;

  // What was read only to have it in the processor's cache: kept, so that it is read.
  int touched;

  private long bound;

  /** Room for {@code capacity} hashes. */
  public Lists(int capacity) {
    hashes = new int[capacity];
    begin = new long[capacity];
    end = new long[capacity];
    place = new long[capacity];
  }

  /** Room for so many hashes. */
  public int capacity() {
    return hashes.length;
  }

  /** Begins a query: {@code count} different hashes in ascending order, unsigned. */
  public void query(int[] sorted, int from, int number) {
    System.arraycopy(sorted, from, hashes, 0, number);
    count = number;
  }

  /** How many hashes are looked for. */
  public int size() {
    return count;
  }

  /** The most postings that all the lists can have together. */
  public long bound() {
    return bound;
  }

  void bound(long postings) {
    bound = postings;
  }
}
