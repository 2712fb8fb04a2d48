package org.incipit.server.index.postings;

import static java.lang.Integer.toUnsignedLong;

/**
 * Numbers the postings that are possible with hashes whose low {@code hashShift} bits are 0 and
 * with {@code idCount} ids from {@code minId} on. Codes are unsigned.
 *
 * @param hashShift 0..31
 * @param minId the smallest id, unsigned
 * @param idCount 1..2^32
 */
public record CodeSpace(int hashShift, int minId, long idCount) {
  public CodeSpace {
    if (hashShift < 0 || hashShift > 31) {
      throw new IllegalArgumentException("hashShift must be 0..31 (got " + hashShift + ")");
    }
    if (idCount < 1 || toUnsignedLong(minId) + idCount > 1L << 32) {
      throw new IllegalArgumentException(
          "idCount must be 1.." + ((1L << 32) - toUnsignedLong(minId)) + " (got " + idCount + ")");
    }
  }

  /** The smallest that holds such hashes and these ids, both included. */
  public static CodeSpace of(int hashShift, int minId, int maxId) {
    return new CodeSpace(hashShift, minId, toUnsignedLong(maxId) - toUnsignedLong(minId) + 1);
  }

  /** Whether some posting of this hash has a code. */
  public boolean holds(int hash) {
    return (hash & (1 << hashShift) - 1) == 0;
  }

  /** The code of a posting with this hash and the smallest id. */
  public long start(int hash) {
    return toUnsignedLong(hash >>> hashShift) * idCount;
  }

  /** The code of a posting. */
  public long code(long posting) {
    return start(Posting.hash(posting)) + toUnsignedLong(Posting.id(posting) - minId);
  }

  /** The posting with a code. */
  public long posting(long code) {
    long hash = Long.divideUnsigned(code, idCount);
    long id = code - hash * idCount + toUnsignedLong(minId);
    return hash << (32 + hashShift) | id;
  }

  /** Replaces codes by their postings. The codes ascend. */
  public void toPostings(long[] codes, int from, int count) {
    double inverse = 1.0 / idCount;
    long base = toUnsignedLong(minId);
    int shift = 32 + hashShift;
    for (int i = from; i < from + count; i++) {
      long code = codes[i];
      // Division takes longer. The quotient is right or off by one below 2^52.
      long hash = code >>> 52 == 0 ? (long) (code * inverse) : Long.divideUnsigned(code, idCount);
      long id = code - hash * idCount;
      if (id < 0) {
        hash--;
        id += idCount;
      } else if (id >= idCount) {
        hash++;
        id -= idCount;
      }
      codes[i] = hash << shift | id + base;
    }
  }
}
