package org.incipit.server.index.segment;

/**
 * Neighbouring commits.
 *
 * @param first sequence number of the first, from 1
 * @param last sequence number of the last
 * @param version of the index after the last; unsigned
 */
public record CommitRange(long first, long last, long version) {
  public CommitRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "commits must ascend from 1 (got " + first + ".." + last + ")");
    }
  }

  /** This range and the next one as one. */
  public CommitRange with(CommitRange next) {
    if (next.first != last + 1) {
      throw new IllegalArgumentException(next + " does not follow " + this);
    }
    return new CommitRange(first, next.last, next.version);
  }
}
