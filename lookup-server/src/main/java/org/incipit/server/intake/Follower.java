package org.incipit.server.intake;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.index.IndexInfo;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexDamagedException;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.catalog.IndexNotFoundException;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.CorruptIndexException;

/**
 * Takes changes of a catalogue over into its index. Each time it looks whether the one that it has
 * taken over last is still there with its mark: if not, the index belongs to another catalogue or
 * to a history that was undone, and is built anew. A fingerprint that is damaged is none.
 *
 * <p>Of one thread; {@link #place}, {@link #head}, {@link #lag} and {@link #isCurrent} are for any.
 */
final class Follower {
  private static final Logger LOG = System.getLogger(FollowedIndex.class.getName());

  /** Metadata of the index: whose it is, and the mark of the change at its version. */
  private static final String CATALOG = "catalog";

  private static final String MARK = "mark";

  private final IndexCatalog indexes;
  private final ChangeSource source;
  private final int batch;
  private final Progress progress = new Progress(LOG, 0);
  private boolean opened;
  private volatile Place place = Place.BEGINNING;
  private volatile long head;
  private volatile boolean current;

  /** How a step has ended. */
  enum Step {
    /** It knows more, and there is more to know. */
    BEHIND,
    /** It knows all. */
    LEVEL,
    /** There is no index any more, and the next step makes one. */
    LOST
  }

  /**
   * Of an index that is there or not.
   *
   * @param batch most changes of a step
   */
  Follower(IndexCatalog indexes, ChangeSource source, int batch) {
    this.indexes = indexes;
    this.source = source;
    this.batch = batch;
  }

  /** The last change that the index knows. */
  Place place() {
    return place;
  }

  /** The last change of the catalogue, as far as is known. */
  long head() {
    return Math.max(head, place.position());
  }

  /** How many changes it is behind, as far as is known. */
  long lag() {
    return Math.max(0, head - place.position());
  }

  /** Whether it has known all of the catalogue since it was opened or built. */
  boolean isCurrent() {
    return current;
  }

  /** How often the catalogue is to be looked at while nothing is known to be new. */
  Duration poll() {
    return source.poll();
  }

  /**
   * Takes some changes over; opens the index before if that is to be done.
   *
   * @throws IOException if that cannot be done now; the next step begins where this one did, as
   *     after whatever else it throws
   */
  Step step() throws IOException {
    try {
      if (!opened) {
        open();
        progress.begin(place.position());
        opened = true;
      }
      return advance();
    } catch (IndexNotFoundException e) {
      lose();
    } catch (CorruptIndexException | IndexDamagedException e) {
      rebuild(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException | Error e) {
      // It is unknown how much of it was done.
      opened = false;
      throw e;
    }
    return Step.LOST;
  }

  private void open() throws IOException {
    IndexInfo info = openOrCreate();
    String owner = info.metadata().get(CATALOG);
    if (owner != null && !owner.equals(source.id().toString())) {
      rebuild("it is of another catalogue");
      info = openOrCreate();
    } else if (owner == null && (info.version() != 0 || info.documents() > 0)) {
      rebuild("it does not say of which catalogue it is");
      info = openOrCreate();
    }
    if (info.version() < place.position()) {
      // Somebody has put an older one in its place.
      lose();
    }
    place = place(info.version(), info.metadata().getOrDefault(MARK, ""));
  }

  private IndexInfo openOrCreate() throws IOException {
    try {
      return info();
    } catch (IndexNotFoundException e) {
      // In this order: nobody takes what an empty one says for an answer.
      lose();
      indexes.create(FollowedIndex.NAME, false, OptionalLong.empty());
      return info();
    }
  }

  private IndexInfo info() throws IOException {
    try (IndexLease lease = indexes.lease(FollowedIndex.NAME)) {
      return lease.index().info();
    }
  }

  private Place place(long position, String mark) {
    return new Place(position, mark, place.build());
  }

  /** From here on searches fail, also those that have begun, until all is known again. */
  private void lose() {
    opened = false;
    current = false;
    place = new Place(0, "", place.build() + 1);
  }

  private void rebuild(String reason) throws IOException {
    LOG.log(Level.WARNING, "index " + FollowedIndex.NAME + " is built anew: " + reason);
    lose();
    indexes.delete(FollowedIndex.NAME, false);
  }

  private Step advance() throws IOException {
    long from = place.position();
    head = source.head().position();
    List<FeedChange> changes = from < head ? source.after(from, batch) : List.of();
    // After the changes were read, so that they are of the history that is looked at.
    if (!source.has(place)) {
      rebuild("the catalogue has another history");
      source.forget();
      return Step.LOST;
    }
    if (!changes.isEmpty()) {
      apply(changes);
    } else if (from < head) {
      throw new IOException("the catalogue has lost its changes from " + (from + 1) + " on");
    } else {
      // So that damage, or a deletion, is noticed also while nothing changes.
      indexes.lease(FollowedIndex.NAME).close();
    }
    if (place.position() < head) {
      progress.at(place.position(), head);
      return Step.BEHIND;
    }
    caughtUp();
    return Step.LEVEL;
  }

  private void apply(List<FeedChange> changes) throws IOException {
    List<Change> batch = new ArrayList<>(changes.size());
    for (FeedChange change : changes) {
      batch.add(change(change));
    }
    FeedChange last = changes.getLast();
    String mark = Long.toString(last.mark());
    Map<String, String> metadata = Map.of(CATALOG, source.id().toString(), MARK, mark);
    try (IndexLease lease = indexes.lease(FollowedIndex.NAME)) {
      lease
          .index()
          .update(
              new Batch(batch, metadata), OptionalLong.empty(), OptionalLong.of(last.position()));
    }
    place = place(last.position(), mark);
  }

  private static Change change(FeedChange change) {
    int id = (int) change.id();
    int[] terms =
        change.fingerprint() == null ? new int[0] : QueryExtractor.extract(change.fingerprint());
    return terms.length == 0 ? new Change.Delete(id) : new Change.Insert(id, terms);
  }

  private void caughtUp() {
    if (!current) {
      progress.end(place.position());
      current = true;
    }
  }
}
