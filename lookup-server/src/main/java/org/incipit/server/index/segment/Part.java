package org.incipit.server.index.segment;

/**
 * What one range of commits did: which documents it inserted or deleted, and the postings of those
 * inserted. Immutable. What an older part says of a document that a newer one mentions is void.
 */
public sealed interface Part permits Run, Segment {
  /** The documents mentioned, with whether they were deleted. */
  DocumentSet documents();

  /** The number of postings, superseded ones included. */
  long postings();

  /** Postings and documents mentioned: what it costs to have this part, or to write it anew. */
  default long weight() {
    return postings() + documents().size();
  }

  /** How many low bits are 0 in every hash, 0..31. */
  int hashShift();

  /** The commits covered and the version after them. */
  CommitRange commits();

  /**
   * Looks for the lists of the hashes in {@code lists}; notes where they are and a bound on how
   * long they may be.
   */
  void find(Lists lists);

  /**
   * Reads all the lists found.
   *
   * @param into receives the ids, and must have room for {@link Lists#bound()}
   * @return how many
   */
  int gather(Lists lists, int[] into);

  /**
   * Reads of the lists {@code first..last - 1} of those found the ids {@code minId..maxId},
   * unsigned.
   *
   * @param into receives the ids from {@code at} on, those of each list in ascending order, until
   *     it is full
   * @return where they end
   */
  int gather(Lists lists, int first, int last, int minId, int maxId, int[] into, int at);

  /** All postings in order. One thread; valid as long as this part is. */
  PostingCursor cursor();
}
