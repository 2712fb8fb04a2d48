package org.incipit.server.intake;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.lookup.IndexLoadingException;

/**
 * The changes of a catalogue that its index does not know yet, a few usually. Each is read once. Of
 * one thread.
 */
final class Unindexed {
  /** More are not worth keeping: the index will know them soon. */
  private static final int MOST = 2000;

  private static final int BATCH = 500;

  /** A change, and what its fingerprint was found by. */
  private static final class Entry {
    final long position;
    final long id;
    final int[] terms;

    Entry(long position, long id, int... terms) {
      this.position = position;
      this.id = id;
      this.terms = terms;
    }
  }

  private final ChangeSource source;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private TermIds terms = new TermIds();
  private Place indexed = Place.BEGINNING;
  private Place read = Place.BEGINNING;

  Unindexed(ChangeSource source) {
    this.source = source;
  }

  /**
   * Knows what is between the index and the catalogue's head.
   *
   * @param index where the index is
   * @param head of the catalogue
   * @throws IndexLoadingException if that is too much, or they have not the same history
   */
  void follow(Place index, long head) throws IOException {
    if (head - index.position() > MOST) {
      throw new IndexLoadingException(
          "the index is " + (head - index.position()) + " changes behind the catalogue");
    }
    if (index.build() != indexed.build() || index.position() < indexed.position()) {
      // The index was built anew.
      clear();
    }
    indexed = index;
    forget();
    if (read.position() < index.position()) {
      read = index;
    }
    while (read.position() < head) {
      List<FeedChange> changes = source.after(read.position(), BATCH);
      if (changes.isEmpty()) {
        throw new IOException(
            "the catalogue has lost changes from " + (read.position() + 1) + " on");
      }
      changes.forEach(this::add);
    }
    requireSameHistory();
  }

  private void requireSameHistory() throws IOException {
    boolean same = source.has(indexed) && (read.equals(indexed) || source.has(read));
    if (!same) {
      clear();
      source.forget();
      throw new IndexLoadingException("the catalogue has another history than is known of it");
    }
  }

  private void clear() {
    entries.clear();
    terms = new TermIds();
    read = Place.BEGINNING;
  }

  private void forget() {
    boolean forgot = false;
    while (!entries.isEmpty() && entries.getFirst().position <= indexed.position()) {
      entries.removeFirst();
      forgot = true;
    }
    if (forgot) {
      terms = new TermIds();
      entries.forEach(entry -> terms.add(entry.id, entry.terms));
    }
  }

  private void add(FeedChange change) {
    read = new Place(change.position(), Long.toString(change.mark()), indexed.build());
    if (change.fingerprint() != null) {
      Entry entry =
          new Entry(change.position(), change.id(), QueryExtractor.extract(change.fingerprint()));
      entries.add(entry);
      terms.add(entry.id, entry.terms);
    }
  }

  /** The ids of those that share at least a term. */
  Collection<Long> sharing(int... asked) {
    return terms.sharing(asked);
  }
}
