package org.incipit.server.acoustid.client;

import java.util.ArrayList;
import java.util.List;

/** How many entries go into a request. */
final class Batches {
  /** Of the 1 MiB that it takes, some is left for what all entries share. */
  static final int MOST_BYTES = (1 << 20) - (16 << 10);

  private Batches() {}

  /** Cuts a list, in its order, so that each piece is taken. One that is too long goes alone. */
  static List<List<Entry>> of(List<Entry> entries) {
    List<List<Entry>> batches = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      long own = new FormBody().entries(entries.subList(i, i + 1)).bytes().length + 32L;
      if (i > from && (i - from == AcoustidClient.MOST_ENTRIES || bytes + own > MOST_BYTES)) {
        batches.add(entries.subList(from, i));
        from = i;
        bytes = 0;
      }
      bytes += own;
    }
    if (from < entries.size()) {
      batches.add(entries.subList(from, entries.size()));
    }
    return batches;
  }
}
