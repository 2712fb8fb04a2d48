package org.incipit.server.index.search;

/** What a search found, best score first, then by ascending id (unsigned). Immutable. */
public final class Hits {
  /** What a search has that was ended by its deadline. */
  public static final Hits INCOMPLETE = new Hits(new int[0], new int[0], false);

  private final int[] ids;
  private final int[] scores;
  private final boolean complete;

  private Hits(int[] ids, int[] scores, boolean complete) {
    this.ids = ids;
    this.scores = scores;
    this.complete = complete;
  }

  /** Takes over the arrays. */
  static Hits of(int[] ids, int[] scores) {
    return new Hits(ids, scores, true);
  }

  /** The number of hits. */
  public int size() {
    return ids.length;
  }

  /** The document of hit {@code index}, 0 the best. */
  public int id(int index) {
    return ids[index];
  }

  /** How many hashes it shares with the query. */
  public int score(int index) {
    return scores[index];
  }

  /** Whether the search went through everything; if its deadline ended it, there are no hits. */
  public boolean isComplete() {
    return complete;
  }
}
