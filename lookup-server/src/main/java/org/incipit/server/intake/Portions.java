package org.incipit.server.intake;

import java.util.ArrayList;
import java.util.List;
import org.incipit.server.catalog.Submission;

/** Cuts a batch where its fingerprints, unpacked, are too much to be decided together. */
final class Portions {
  /** Two hundred of usual ones. */
  private static final long MOST_ITEMS = 1 << 18;

  private Portions() {}

  /** All of them in their order; a portion has at least one. */
  static List<List<Submission>> of(List<Submission> submissions) {
    List<List<Submission>> portions = new ArrayList<>();
    int from = 0;
    long items = 0;
    for (int i = 0; i < submissions.size(); i++) {
      int size = submissions.get(i).content().fingerprint().size();
      if (i > from && items + size > MOST_ITEMS) {
        portions.add(submissions.subList(from, i));
        from = i;
        items = 0;
      }
      items += size;
    }
    if (from < submissions.size()) {
      portions.add(submissions.subList(from, submissions.size()));
    }
    return portions;
  }
}
