package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is restored while a node works with it. */
class OtherHistoryTest {
  private static final int TUNES = 10;

  @TempDir Path before;
  @TempDir Path after;
  @TempDir Path indexes;

  private static Fingerprint tune(int number) {
    return Tunes.tune(number, 200);
  }

  private static void fill(Path folder, int first) throws IOException {
    try (Intake intake = new Intake(Store.SQLITE, folder)) {
      intake.importing(100);
      for (int i = 0; i < TUNES; i++) {
        intake.track(tune(first + i), 25);
      }
    }
  }

  /** One catalogue and then another under its id, which keeps in memory what it has read. */
  private static final class Restored implements ImportSource {
    private final UUID id;
    private final Map<Long, StoredFingerprint> kept = new ConcurrentHashMap<>();
    private volatile CatalogSource source;
    private volatile BooleanSupplier isSeen = () -> true;

    Restored(Catalog catalog) {
      id = catalog.id();
      source = new CatalogSource(catalog);
    }

    /** Only who imports sees it at once; who follows not before that is so. */
    void become(Catalog catalog, BooleanSupplier seen) {
      isSeen = seen;
      source = new CatalogSource(catalog);
    }

    @Override
    public UUID id() {
      return id;
    }

    @Override
    public FeedHead head() throws IOException {
      if (Thread.currentThread().getName().equals("catalog-index") && !isSeen.getAsBoolean()) {
        throw new IOException("not seen");
      }
      return source.head();
    }

    @Override
    public List<FeedChange> after(long position, int most) throws IOException {
      return source.after(position, most);
    }

    @Override
    public OptionalLong markAt(long position) throws IOException {
      return source.markAt(position);
    }

    @Override
    public void forget() {
      kept.clear();
      source.forget();
    }

    @Override
    public List<Submission> claim(int most) throws IOException {
      return source.claim(most);
    }

    @Override
    public void release() throws IOException {
      source.release();
    }

    @Override
    public FingerprintChunks fingerprints(Collection<Long> ids, int shortest, int longest) {
      FingerprintChunks chunks = source.fingerprints(ids, shortest, longest);
      return new FingerprintChunks() {
        @Override
        public boolean hasNext() {
          return chunks.hasNext();
        }

        @Override
        public Optional<Map<Long, StoredFingerprint>> nextInMemory() {
          return Optional.empty();
        }

        @Override
        public Map<Long, StoredFingerprint> next() throws IOException {
          Map<Long, StoredFingerprint> found = new HashMap<>(chunks.next());
          found.putAll(kept);
          found.keySet().retainAll(ids);
          kept.putAll(found);
          return found;
        }
      };
    }

    @Override
    public Map<Long, List<Long>> fingerprintIds(Collection<Long> tracks) throws IOException {
      return source.fingerprintIds(tracks);
    }

    @Override
    public boolean decide(FeedHead expected, List<Decision> decisions) throws IOException {
      return source.decide(expected, decisions);
    }
  }

  @Test
  void nothingIsImportedByWhatIsKnownOfTheHistoryThatWasUndone() throws IOException {
    fill(before, 0);
    fill(after, 100);
    ExecutorService searches = Executors.newFixedThreadPool(2);
    try (Catalog old = Catalog.open(Store.SQLITE.config(before));
        Catalog restored = Catalog.open(Store.SQLITE.config(after));
        IndexCatalog own = IndexCatalog.open(indexes, IndexConfig.DEFAULT)) {
      Restored source = new Restored(old);
      // All of it is in memory.
      source.fingerprints(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), 0, 100).next();
      try (FollowedIndex index = FollowedIndex.start(own, source, searches, 100);
          Importer importer = Importer.start(source, index, 100)) {
        Intake.await(() -> index.isCurrent() && index.position() == TUNES);
        List<Long> ids =
            restored
                .submissions()
                .add(List.of(Intake.submission(tune(3), 25), Intake.submission(tune(104), 25)));
        // As late as can be: the importer has seen it, and has waited.
        long busy = importer.stats().busyNanos();
        source.become(restored, () -> importer.stats().busyNanos() > busy);
        Intake.await(() -> index.isCurrent() && statuses(restored, ids).size() == 2);
        importer.close();
        assertEquals(1, importer.stats().founded());
        assertEquals(1, importer.stats().counted());
        Map<UUID, Long> tracks =
            restored.tracks().find(statuses(restored, ids).values().stream().toList());
        assertEquals(List.of(5L, 11L), tracks.values().stream().sorted().toList());
        assertTrue(index.position() <= TUNES + 1);
      }
    } finally {
      searches.shutdownNow();
    }
  }

  /** The tracks of those that are imported. */
  private static Map<Long, UUID> statuses(Catalog catalog, List<Long> ids) {
    Map<Long, UUID> tracks = new HashMap<>();
    try {
      catalog
          .submissions()
          .statuses(ids)
          .forEach((id, status) -> {
            if (!(status instanceof SubmissionStatus.Pending)) {
              tracks.put(id, assertInstanceOf(SubmissionStatus.Imported.class, status).track());
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return tracks;
  }
}
