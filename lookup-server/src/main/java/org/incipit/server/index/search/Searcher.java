package org.incipit.server.index.search;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.incipit.server.index.segment.DocumentSet;
import org.incipit.server.index.segment.Lists;
import org.incipit.server.index.segment.Part;

/** One search through the parts of an index. */
public final class Searcher {
  /** Lists read at a time: what they touch stays in the processor's cache meanwhile. */
  private static final int STAGE = 128;

  private static final int LOOKUP = 256;

  /** So often a list may be asked between two looks at the clock. */
  private static final int ASKED_AT_ONCE = 1024;

  private final List<? extends Part> parts;
  private final Query query;
  private final Scratch scratch;
  private final BooleanSupplier expired;
  private final ListSplit split;
  private long allowed;
  private int asked;

  private Searcher(
      List<? extends Part> parts,
      Query query,
      Scratch scratch,
      BooleanSupplier expired,
      long allowed) {
    this.parts = parts;
    this.query = query;
    this.scratch = scratch;
    this.expired = expired;
    this.allowed = allowed;
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
    return new Searcher(parts, query, scratch, expired, Long.MAX_VALUE).search();
  }

  /**
   * Searches unless that is too much work. That is known from the directories of the parts, before
   * their lists are read: see {@code mostPostings}.
   *
   * @param parts oldest first; they must stay open until this returns
   * @param scratch used by nobody else meanwhile
   * @param mostPostings what the parts may cost together. One costs as many postings as the lists
   *     can have in it, but at least {@value #LOOKUP} for each hash, since to look for a list and
   *     to begin with it takes as long as to read so many
   * @return nothing if it would be more
   */
  public static Optional<Hits> searchWithin(
      List<? extends Part> parts, Query query, Scratch scratch, long mostPostings) {
    Hits hits = new Searcher(parts, query, scratch, () -> false, mostPostings).search();
    return hits.isComplete() ? Optional.of(hits) : Optional.empty();
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
    long lookups = (long) LOOKUP * query.size();
    if (lookups > allowed) {
      return false;
    }
    split.find(part, floor());
    allowed -= Math.max(lookups, split.bound());
    if (allowed < 0) {
      return false;
    }
    scratch.lists += scratch.read.size();
    scratch.blocks += scratch.read.blocks();
    if (scratch.read.bound() > scratch.ids.length) {
      return searchRanges(index);
    }
    count(part.gather(scratch.read, scratch.ids));
    return rank(index);
  }

  /** Searches one range of ids after the other. */
  private boolean searchRanges(int index) {
    Part part = parts.get(index);
    DocumentSet documents = part.documents();
    long from = Integer.toUnsignedLong(documents.minId());
    long maxId = Integer.toUnsignedLong(documents.maxId());
    int room = scratch.ids.length;
    // The lists are often much shorter than their bounds: what is found tells the width.
    long width = maxId - from + 1;
    while (from <= maxId) {
      if (expired.getAsBoolean()) {
        return false;
      }
      split.raise(part, floor());
      long to = Math.min(from + Math.max(width, scratch.tally.width()) - 1, maxId);
      long found;
      if (to - from < scratch.tally.width()) {
        found = countRange(part, (int) from, (int) to);
        if (found < 0) {
          return false;
        }
      } else {
        found = gather(part, (int) from, (int) to);
        if (found == room) {
          width = (to - from + 1) / 8;
          continue;
        }
        count((int) found);
      }
      if (!rank(index)) {
        return false;
      }
      width = (to - from + 1) * (room - room / 4) / Math.max(found, 1);
      from = to + 1;
    }
    return true;
  }

  /** Reads the ids {@code from..to} of all lists, until there is no more room; how many. */
  private int gather(Part part, int from, int to) {
    int[] ids = scratch.ids;
    Lists read = scratch.read;
    int found = 0;
    for (int i = 0; i < read.size() && found < ids.length; i += STAGE) {
      int end = Math.min(i + STAGE, read.size());
      found = part.gather(read, i, end, from, to, ids, found);
    }
    return found;
  }

  /** Counts the ids gathered. */
  private void count(int found) {
    scratch.postings += found;
    scratch.tally.count(scratch.ids, found, Math.max(1, floor() - scratch.held.size()));
  }

  /** Counts the ids {@code from..to} of all lists, however many there are; how many, or -1. */
  private long countRange(Part part, int from, int to) {
    int[] ids = scratch.ids;
    Lists read = scratch.read;
    Tally tally = scratch.tally;
    tally.range(from, to - from + 1);
    long total = 0;
    int list = 0;
    while (list < read.size()) {
      if (expired.getAsBoolean()) {
        return -1;
      }
      int end = fitting(list);
      if (end > list) {
        int found = part.gather(read, list, end, from, to, ids, 0);
        tally.add(ids, found);
        total += found;
        list = end;
      } else {
        total += countList(part, list, from, to);
        list++;
      }
    }
    scratch.postings += total;
    return total;
  }

  /** Up to which list, from this one on, there is room for them whatever they hold. */
  private int fitting(int first) {
    Lists read = scratch.read;
    int most = Math.min(first + STAGE, read.size());
    int end = first;
    long bound = 0;
    while (end < most && bound + read.bound(end) <= scratch.ids.length) {
      bound += read.bound(end);
      end++;
    }
    return end;
  }

  /** Counts the ids of one list, as many at a time as there is room for. */
  private long countList(Part part, int list, int from, int to) {
    int[] ids = scratch.ids;
    long total = 0;
    int next = from;
    while (true) {
      int found = part.gather(scratch.read, list, list + 1, next, to, ids, 0);
      scratch.tally.add(ids, found);
      total += found;
      if (found < ids.length || ids[found - 1] == to) {
        return total;
      }
      next = ids[found - 1] + 1;
    }
  }

  /** The least score with which a document can still be a hit. */
  private int floor() {
    TopHits top = scratch.top;
    return Math.max(query.minScore(), Math.max(top.floor(), top.cut(query.scorePercent())));
  }

  /** Keeps those of the documents counted in a part that are among the best; false if expired. */
  private boolean rank(int index) {
    TopHits top = scratch.top;
    Tally tally = scratch.tally;
    int floor = floor();
    int held = scratch.held.size();
    int least = Math.max(1, floor - held);
    for (int slot = tally.next(0, least); slot >= 0; slot = tally.next(slot + 1, least)) {
      int id = tally.id(slot);
      int count = tally.count(slot);
      int score = held == 0 ? count : raised(parts.get(index), id, count, floor);
      if (score >= floor && top.accepts(id, score) && isLive(id, index)) {
        top.add(id, score);
      }
      if (asked >= ASKED_AT_ONCE) {
        asked = 0;
        if (expired.getAsBoolean()) {
          return false;
        }
      }
    }
    return true;
  }

  /** The score of a document with the lists that were not read, as long as it can be a hit. */
  private int raised(Part part, int id, int count, int floor) {
    Lists held = scratch.held;
    int score = count;
    int i = 0;
    for (; i < held.size() && score + held.size() - i >= floor; i++) {
      score += part.gather(held, i, i + 1, id, id, scratch.one, 0);
    }
    asked += i;
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
