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

  private Searcher(
      List<? extends Part> parts, Query query, Scratch scratch, BooleanSupplier expired) {
    this.parts = parts;
    this.query = query;
    this.scratch = scratch;
    this.expired = expired;
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
    int[] hashes = query.hashes();
    scratch.top.reset(query.limit());
    Lists lists = scratch.lists(hashes.length);
    lists.query(hashes, 0, hashes.length);
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (expired.getAsBoolean() || !search(i, lists)) {
        return Hits.INCOMPLETE;
      }
    }
    return scratch.top.take(query.scorePercent());
  }

  private boolean search(int index, Lists lists) {
    Part part = parts.get(index);
    part.find(lists);
    if (lists.bound() > scratch.ids.length) {
      DocumentSet documents = part.documents();
      long minId = Integer.toUnsignedLong(documents.minId());
      long maxId = Integer.toUnsignedLong(documents.maxId());
      long width = (maxId - minId) / (lists.bound() / scratch.ids.length + 1) + 1;
      for (long from = minId; from <= maxId; from += width) {
        if (!search(index, lists, from, Math.min(from + width - 1, maxId))) {
          return false;
        }
      }
      return true;
    }
    rank(index, part.gather(lists, scratch.ids));
    return true;
  }

  /** Searches among the ids {@code from..to}; halves the range if there are too many postings. */
  private boolean search(int index, Lists lists, long from, long to) {
    if (expired.getAsBoolean()) {
      return false;
    }
    int[] ids = scratch.ids;
    int found = 0;
    for (int i = 0; i < lists.size() && found < ids.length; i++) {
      found = parts.get(index).gather(lists, i, (int) from, (int) to, ids, found);
    }
    if (found == ids.length && from < to) {
      long middle = (from + to) >>> 1;
      return search(index, lists, from, middle) && search(index, lists, middle + 1, to);
    }
    rank(index, found);
    return true;
  }

  /** Counts the ids gathered from a part, and keeps those that are among the best. */
  private void rank(int index, int found) {
    TopHits top = scratch.top;
    Tally tally = scratch.tally;
    int floor = Math.max(query.minScore(), top.floor());
    tally.count(scratch.ids, found, floor);
    int slots = tally.slots();
    for (int slot = 0; slot < slots; slot++) {
      int count = tally.count(slot);
      if (count >= floor) {
        int id = tally.id(slot);
        if (top.accepts(id, count) && isLive(id, index)) {
          top.add(id, count);
        }
      }
    }
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
