package org.incipit.server.index.segment;

import java.util.Arrays;

/**
 * A set of ids that are added in ascending order, unsigned. In pages of 65536 ids, each a list of
 * their low halves or, if it has many, a bit for each. So it takes at most 8 bytes an id, 80 for
 * each page that has any and 8 for each between, and never much more than one bit for each number
 * from the first to the last: 12 MB for 93 million neighbouring ids. One thread.
 */
final class IdSet {
  private static final int PAGE_SHIFT = 16;
  private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

  /** From here on bits are smaller than what a search among so many costs is worth. */
  private static final int MOST_LISTED = 1024;

  /** Low halves of ids, or bits: one of both is empty. */
  private static final class Page {
    char[] listed = new char[4];
    int count;
    long[] bits = {};

    void add(char low) {
      if (bits.length > 0) {
        bits[low >>> 6] |= 1L << low;
      } else if (count == MOST_LISTED) {
        bits = new long[(PAGE_MASK + 1) >>> 6];
        for (char one : listed) {
          bits[one >>> 6] |= 1L << one;
        }
        listed = new char[0];
        add(low);
      } else {
        listed = count == listed.length ? Arrays.copyOf(listed, 2 * count) : listed;
        listed[count++] = low;
      }
    }

    boolean contains(char low) {
      return bits.length > 0
          ? (bits[low >>> 6] & 1L << low) != 0
          : Arrays.binarySearch(listed, 0, count, low) >= 0;
    }
  }

  private static final Page NONE = new Page();

  private Page[] pages = {};
  private int first;

  /** Adds an id, greater than all before. */
  void add(int id) {
    int number = id >>> PAGE_SHIFT;
    if (pages.length == 0) {
      first = number;
    }
    int page = number - first;
    if (page >= pages.length) {
      int before = pages.length;
      pages = Arrays.copyOf(pages, Math.max(page + 1, Math.min(2 * before, 1 << PAGE_SHIFT)));
      Arrays.fill(pages, before, pages.length, NONE);
    }
    if (pages[page] == NONE) {
      pages[page] = new Page();
    }
    pages[page].add((char) id);
  }

  boolean contains(int id) {
    int page = (id >>> PAGE_SHIFT) - first;
    return page >= 0 && page < pages.length && pages[page].contains((char) id);
  }

  boolean isEmpty() {
    return pages.length == 0;
  }

  /** Bytes in memory, about. */
  long bytes() {
    long bytes = 4L * pages.length;
    for (Page page : pages) {
      bytes += page == NONE ? 0 : 72 + 2L * page.listed.length + 8L * page.bits.length;
    }
    return bytes;
  }
}
