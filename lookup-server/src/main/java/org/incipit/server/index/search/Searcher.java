package org.incipit.server.index.search;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.incipit.server.index.segment.DocumentSet;
import org.incipit.server.index.segment.Lists;
import org.incipit.server.index.segment.Part;

/** One search through the parts of an index. */
public final class Searcher {
  private final List<? extends Part> parts;
  private final Query query;
  private final Scratch scratch;
  private final BooleanSupplier expired;
  private final ListSplit split;

  private Searcher(
      List<? extends Part> parts, Query query, Scratch scratch, BooleanSupplier expired) {
    this.parts = parts;
    this.query = query;
    this.scratch = scratch;
    this.expired = expired;
    split = new ListSplit(query.hashes(), scratch);
  }

  /**
   * Searches.
   *
   * @param parts oldest first; they must stay open until this returns
   * @param scratch used by nobody else meanwhile
   * @param expired asked from time to time whether to give up
   */
  public static Hits search(
      List<? extends Part> parts, Query query, Scratch scratch, BooleanSupplier expired) {
    return new Searcher(parts, query, scratch, expired).search();
  }

  private Hits search() {
    scratch.top.reset(query.limit());
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (expired.getAsBoolean() || !search(i)) {
        return Hits.INCOMPLETE;
      }
    }
    return scratch.top.take(query.scorePercent());
  }

  private boolean search(int index) {
    Part part = parts.get(index);
    Lists read = scratch.read;
    split.find(part, floor());
    if (read.bound() <= scratch.ids.length) {
      rank(index, part.gather(read, scratch.ids));
      return true;
    }
    DocumentSet documents = part.documents();
    long minId = Integer.toUnsignedLong(documents.minId());
    long maxId = Integer.toUnsignedLong(documents.maxId());
    long width = (maxId - minId) / (read.bound() / scratch.ids.length + 1) + 1;
    for (long from = minId; from <= maxId; from += width) {
      split.raise(part, floor());
      if (!search(index, from, Math.min(from + width - 1, maxId))) {
        return false;
      }
    }
    return true;
  }

  /** Searches among the ids {@code from..to}; halves the range if there are too many postings. */
  private boolean search(int index, long from, long to) {
    if (expired.getAsBoolean()) {
      return false;
    }
    int[] ids = scratch.ids;
    Lists read = scratch.read;
    int found = 0;
    for (int i = 0; i < read.size() && found < ids.length; i++) {
      found = parts.get(index).gather(read, i, (int) from, (int) to, ids, found);
    }
    if (found == ids.length && from < to) {
      long middle = (from + to) >>> 1;
      return search(index, from, middle) && search(index, middle + 1, to);
    }
    rank(index, found);
    return true;
  }

  /** The least score with which a document can still be a hit. */
  private int floor() {
    TopHits top = scratch.top;
    return Math.max(query.minScore(), Math.max(top.floor(), top.cut(query.scorePercent())));
  }

  /** Counts the ids gathered from a part, and keeps those that are among the best. */
  private void rank(int index, int found) {
    TopHits top = scratch.top;
    Tally tally = scratch.tally;
    int floor = floor();
    int held = scratch.held.size();
    int least = Math.max(1, floor - held);
    tally.count(scratch.ids, found, least);
    int slots = tally.slots();
    for (int slot = 0; slot < slots; slot++) {
      int count = tally.count(slot);
      if (count >= least) {
        int id = tally.id(slot);
        int score = held == 0 ? count : raised(parts.get(index), id, count, floor);
        if (score >= floor && top.accepts(id, score) && isLive(id, index)) {
          top.add(id, score);
        }
      }
    }
  }

  /** The score of a document with the lists that were not read, as long as it can be a hit. */
  private int raised(Part part, int id, int count, int floor) {
    Lists held = scratch.held;
    int score = count;
    for (int i = 0; i < held.size() && score + held.size() - i >= floor; i++) {
      score += part.gather(held, i, id, id, scratch.one, 0);
    }
    return score;
  }

  /** Whether no newer part mentions a document. */
  private boolean isLive(int id, int index) {
    for (int i = index + 1; i < parts.size(); i++) {
      if (parts.get(i).documents().mentions(id)) {
        return false;
      }
    }
    return true;
  }
}
