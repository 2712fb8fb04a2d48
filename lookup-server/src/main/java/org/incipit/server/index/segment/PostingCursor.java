package org.incipit.server.index.segment;

/** Goes through the postings of a part in unsigned order, many at a time. */
public interface PostingCursor {
  /**
   * Delivers the next postings.
   *
   * @return how many, 0 only at the end
   */
  int read(long[] into, int at, int atMost);
}
