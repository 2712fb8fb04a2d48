package org.incipit.server.index.store;

import java.util.ArrayList;
import java.util.List;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;

/**
 * The newest runs. Small ones are merged at once, by the writer that brings the last of them, when
 * there are eight of about one size; larger ones are left to maintenance.
 */
final class RunTail {
  private static final int FAN = 8;

  /** The weight, postings and documents, up to which runs are merged at once. */
  private static final long SMALL = 1 << 15;

  private RunTail() {}

  /**
   * Appends runs to the parts.
   *
   * @param claimed runs up to this commit are left as they are
   */
  static void append(List<Part> parts, List<Run> runs, long claimed) {
    for (Run run : runs) {
      if (run.documents().size() == 0 && isFree(parts, parts.size() - 1, claimed)) {
        Run before = (Run) parts.removeLast();
        parts.add(before.at(before.commits().with(run.commits())));
      } else {
        parts.add(run);
      }
    }
    int from = firstOfTier(parts, claimed);
    while (parts.size() - from >= FAN) {
      List<Part> tier = parts.subList(from, parts.size());
      List<Run> merged = new ArrayList<>(tier.size());
      tier.forEach(part -> merged.add((Run) part));
      tier.clear();
      parts.add(PartMerger.toRun(merged));
      from = firstOfTier(parts, claimed);
    }
  }

  /** The first of the last parts that are no larger than the last one's tier. */
  private static int firstOfTier(List<Part> parts, long claimed) {
    int from = parts.size();
    long most = 1;
    long sum = 0;
    while (isFree(parts, from - 1, claimed)) {
      long weight = parts.get(from - 1).weight();
      if (from == parts.size()) {
        while (most < weight) {
          most *= FAN;
        }
      }
      sum += weight;
      if (weight > most || sum > SMALL) {
        break;
      }
      from--;
    }
    return from;
  }

  private static boolean isFree(List<Part> parts, int place, long claimed) {
    return place >= 0 && parts.get(place) instanceof Run run && run.commits().last() > claimed;
  }
}
