package org.incipit.server.index.segment;

import static java.lang.Integer.toUnsignedLong;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;

/**
 * Turns postings back into documents. Goes through the ids in ranges with so many postings that
 * they fit into memory, and for each range through all postings.
 */
public final class DocumentInversion {
  private static final int BUCKETS = 1 << 16;
  private static final int CHUNK = 4096;

  /** Told of each posting of a document that is there. */
  @FunctionalInterface
  private interface PostingSink {
    void posting(int hash, long id);
  }

  private record Range(long from, long to, int postings) {}

  private final List<Part> parts;
  private final IdSet[] superseded;
  private final long atOnce;
  private final DocumentSink sink;
  private int[] hashes = new int[1024];

  private DocumentInversion(List<Part> parts, int atOnce, DocumentSink sink) {
    this.parts = parts;
    this.atOnce = atOnce;
    this.sink = sink;
    superseded = DocumentMerge.superseded(parts);
  }

  /**
   * Passes on all documents that are there, by ascending id, each with its hashes in ascending
   * order.
   *
   * @param parts of an index, oldest first, all of them
   * @param atOnce most postings in memory, 16 bytes each; more only if one document has more
   * @return how many documents
   */
  public static long send(List<Part> parts, int atOnce, DocumentSink sink) throws IOException {
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce must be at least 1 (got " + atOnce + ")");
    }
    return new DocumentInversion(parts, atOnce, sink).send();
  }

  private long send() throws IOException {
    long minId = 1L << 32;
    long maxId = -1;
    long postings = 0;
    for (Part part : parts) {
      if (part.documents().size() > 0) {
        minId = Math.min(minId, toUnsignedLong(part.documents().minId()));
        maxId = Math.max(maxId, toUnsignedLong(part.documents().maxId()));
      }
      postings += part.postings();
    }
    List<Range> ranges = new ArrayList<>();
    if (postings <= atOnce) {
      ranges.add(new Range(minId, maxId, (int) postings));
    } else {
      plan(minId, maxId, ranges);
    }
    DocumentMerge documents = new DocumentMerge(parts, false);
    boolean more = documents.next();
    long count = 0;
    for (Range range : ranges) {
      long[] inverted = new long[range.postings];
      int size = collect(range, inverted);
      int at = 0;
      while (more && toUnsignedLong(documents.id()) <= range.to) {
        at = document(documents.id(), inverted, at, size);
        count++;
        more = documents.next();
      }
    }
    return count;
  }

  /** Adds ranges for the ids {@code from..to}, none with too many postings if it has two ids. */
  private void plan(long from, long to, List<Range> ranges) {
    long width = (to - from) / BUCKETS + 1;
    long[] counts = new long[(int) ((to - from) / width) + 1];
    each(from, to, (hash, id) -> counts[(int) ((id - from) / width)]++);
    long begin = from;
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      long first = from + i * width;
      long last = Math.min(first + width - 1, to);
      if (begin < first && sum + counts[i] > atOnce) {
        ranges.add(new Range(begin, first - 1, (int) sum));
        begin = first;
        sum = 0;
      }
      if (counts[i] > atOnce && width > 1) {
        plan(first, last, ranges);
        begin = last + 1;
      } else {
        sum += counts[i];
        Math.toIntExact(sum);
      }
    }
    if (begin <= to) {
      ranges.add(new Range(begin, to, (int) sum));
    }
  }

  private void each(long from, long to, PostingSink each) {
    long[] chunk = new long[CHUNK];
    for (int i = 0; i < superseded.length; i++) {
      IdSet dead = superseded[i];
      PostingCursor cursor = parts.get(i).cursor();
      for (int count = cursor.read(chunk, 0, CHUNK);
          count > 0;
          count = cursor.read(chunk, 0, CHUNK)) {
        for (int j = 0; j < count; j++) {
          long id = toUnsignedLong(Posting.id(chunk[j]));
          if (id >= from && id <= to && (dead.isEmpty() || !dead.contains((int) id))) {
            each.posting(Posting.hash(chunk[j]), id);
          }
        }
      }
    }
  }

  /** The postings of a range, hash and id in each other's place, in ascending order. */
  private int collect(Range range, long[] into) {
    int[] size = new int[1];
    each(range.from, range.to, (hash, id) -> into[size[0]++] = Posting.of((int) id, hash));
    // All hashes of a document come from one part, so they ascend already.
    return PostingSort.sort(into, size[0], new long[size[0]]);
  }

  private int document(int id, long[] inverted, int from, int size) throws IOException {
    int end = from;
    while (end < size && Posting.hash(inverted[end]) == id) {
      end++;
    }
    if (end - from > hashes.length) {
      hashes = new int[Math.max(end - from, 2 * hashes.length)];
    }
    for (int i = from; i < end; i++) {
      hashes[i - from] = Posting.id(inverted[i]);
    }
    sink.document(id, hashes, end - from);
    return end;
  }
}
