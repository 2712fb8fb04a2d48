package org.incipit.server.index.change;

/** What happens to one document. */
public sealed interface Change {
  /** Of the document, unsigned, not 0. */
  int id();

  /** Puts a document, in place of the one with this id if there is one. */
  final class Insert implements Change {
    private final int id;
    private final int[] hashes;

    /**
     * An insertion.
     *
     * @param hashes in any order; repeated ones count once; not copied, so not to be changed
     */
    public Insert(int id, int... hashes) {
      requireId(id);
      this.id = id;
      this.hashes = hashes;
    }

    @Override
    public int id() {
      return id;
    }

    /** The hashes; not to be changed. */
    public int[] hashes() {
      return hashes;
    }
  }

  /** Removes a document, whether there is one or not. */
  record Delete(int id) implements Change {
    public Delete {
      requireId(id);
    }
  }

  private static void requireId(int id) {
    if (id == 0) {
      throw new IllegalArgumentException("id must be 1..4294967295 (got 0)");
    }
  }
}
