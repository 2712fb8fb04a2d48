package org.incipit.server.index.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.incipit.server.index.postings.Posting;

/**
 * What parts hold together, deleted and replaced documents left out.
 *
 * @param documents that are there
 * @param postings of them
 * @param hashes different ones
 * @param longest the hashes that most documents have, in descending order
 */
public record LiveContent(long documents, long postings, long hashes, List<HashList> longest) {
  /**
   * A hash.
   *
   * @param length documents that have it
   */
  public record HashList(int hash, long length) {}

  public LiveContent {
    longest = List.copyOf(longest);
  }

  /**
   * Reads all postings of an index.
   *
   * @param parts all of them, oldest first
   * @param longest how many of the longest lists are wanted
   */
  public static LiveContent of(List<Part> parts, int longest) {
    DocumentMerge merge = new DocumentMerge(parts, false);
    long documents = 0;
    while (merge.next()) {
      documents++;
    }
    Lengths lengths = new Lengths(longest);
    if (!parts.isEmpty()) {
      PostingMerge postings = new PostingMerge(parts, DocumentMerge.superseded(parts));
      for (int count = postings.next(); count > 0; count = postings.next()) {
        lengths.count(postings.merged(), count);
      }
    }
    return lengths.content(documents);
  }

  /** Counts neighbouring postings of the same hash. */
  private static final class Lengths {
    private final int most;
    private final PriorityQueue<HashList> longest =
        new PriorityQueue<>((a, b) -> Long.compare(a.length, b.length));
    private int hash;
    private long length;
    private long postings;
    private long hashes;

    Lengths(int most) {
      this.most = most;
    }

    void count(long[] sorted, int count) {
      for (int i = 0; i < count; i++) {
        if (Posting.hash(sorted[i]) != hash) {
          end();
          hash = Posting.hash(sorted[i]);
        }
        length++;
      }
      postings += count;
    }

    private void end() {
      if (length > 0) {
        hashes++;
        if (longest.size() < most) {
          longest.add(new HashList(hash, length));
        } else if (most > 0 && longest.element().length < length) {
          longest.remove();
          longest.add(new HashList(hash, length));
        }
      }
      length = 0;
    }

    LiveContent content(long documents) {
      end();
      List<HashList> sorted = new ArrayList<>(longest);
      sorted.sort((a, b) ->
          a.length != b.length
              ? Long.compare(b.length, a.length)
              : Integer.compareUnsigned(a.hash, b.hash));
      return new LiveContent(documents, postings, hashes, sorted);
    }
  }
}
