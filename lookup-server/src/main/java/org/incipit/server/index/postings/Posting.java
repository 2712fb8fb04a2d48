package org.incipit.server.index.postings;

/** "Document {@code id} holds {@code hash}" as one number; both are unsigned 32-bit numbers. */
public final class Posting {
  private Posting() {}

  public static long of(int hash, int id) {
    return (long) hash << 32 | Integer.toUnsignedLong(id);
  }

  public static int hash(long posting) {
    return (int) (posting >>> 32);
  }

  public static int id(long posting) {
    return (int) posting;
  }
}
