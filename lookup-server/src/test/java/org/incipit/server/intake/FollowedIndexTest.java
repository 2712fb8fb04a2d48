package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Query;
import org.incipit.server.lookup.IndexLoadingException;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowedIndexTest {
  private static final int TUNES = 25;

  @TempDir Path folder;
  @TempDir Path indexes;

  private static Fingerprint tune(int number) {
    return Tunes.tune(number, 300);
  }

  /** Imports {@link #TUNES} tunes by a node with indexes of its own. */
  private void fill(Store store, Path indexFolder) throws IOException {
    try (Intake intake = new Intake(store, folder, indexFolder)) {
      intake.importing(7);
      for (int i = 0; i < TUNES - 1; i++) {
        intake.submit(tune(i), 40);
      }
      intake.track(tune(TUNES - 1), 40);
      intake.awaitIndex();
    }
  }

  private static void assertComplete(Intake intake) throws IOException {
    intake.awaitIndex();
    assertEquals(0, intake.index().lag());
    for (int i = 0; i < TUNES; i++) {
      assertEquals(1, intake.find(tune(i), 40).size(), "tune " + i);
    }
    try (IndexLease lease = intake.indexes().lease(FollowedIndex.NAME)) {
      assertEquals(TUNES, lease.index().info().version());
    }
  }

  /** How often it was made. */
  private static long generation(Intake intake) throws IOException {
    try (IndexLease lease = intake.indexes().lease(FollowedIndex.NAME)) {
      return lease.generation();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingIndexIsBuiltOfTheFeed(Store store) throws IOException {
    fill(store, folder);
    try (Intake other = new Intake(store, folder, indexes)) {
      assertComplete(other);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIndexThatWasThereGoesOnWhereItWas(Store store) throws IOException {
    fill(store, indexes);
    try (Intake again = new Intake(store, folder, indexes)) {
      assertComplete(again);
      assertEquals(1, generation(again));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIndexThatWasBehindCatchesUp(Store store) throws IOException {
    try (Intake early = new Intake(store, folder, indexes)) {
      early.importing(10);
      early.track(tune(0), 40);
      early.awaitIndex();
    }
    fill(store, folder);
    try (Intake again = new Intake(store, folder, indexes)) {
      assertComplete(again);
      assertEquals(1, generation(again));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIndexOfAnotherCatalogueIsBuiltAnew(Store store) throws IOException {
    Path another = Files.createDirectory(indexes.resolve("other"));
    try (Intake other = new Intake(store, another, indexes)) {
      other.importing(10);
      other.track(tune(99), 40);
      other.awaitIndex();
    }
    fill(store, folder);
    try (Intake intake = new Intake(store, folder, indexes)) {
      assertComplete(intake);
      assertEquals(List.of(), intake.find(tune(99), 40));
    }
  }

  /** Changes the index behind the back of who follows. */
  private void tamper(Batch batch, long position) throws IOException {
    try (IndexCatalog catalog = IndexCatalog.open(indexes, IndexConfig.DEFAULT);
        IndexLease lease = catalog.lease(FollowedIndex.NAME)) {
      lease.index().update(batch, OptionalLong.empty(), OptionalLong.of(position));
    }
  }

  @Test
  void anIndexAheadOfItsCatalogueIsBuiltAnew() throws IOException {
    fill(Store.SQLITE, indexes);
    tamper(Batch.of(new Change.Insert(1000, 1)), TUNES + 1);
    try (Intake intake = new Intake(Store.SQLITE, folder, indexes)) {
      assertComplete(intake);
    }
  }

  @Test
  void anIndexOfAnotherHistoryIsBuiltAnew() throws IOException {
    fill(Store.SQLITE, indexes);
    tamper(new Batch(List.of(), Map.of("mark", "1")), TUNES + 1);
    try (Intake intake = new Intake(Store.SQLITE, folder, indexes)) {
      intake.importing(10);
      intake.track(tune(TUNES), 40);
      intake.awaitIndex();
      assertEquals(1, intake.find(tune(0), 40).size());
      assertEquals(2, generation(intake));
    }
  }

  @Test
  void aDamagedIndexIsBuiltAnew() throws IOException {
    fill(Store.SQLITE, indexes);
    List<Path> files;
    try (Stream<Path> all = Files.walk(indexes)) {
      files =
          all.filter(file -> file.toString().contains("/1/") && Files.isRegularFile(file)).toList();
    }
    int damaged = 0;
    for (Path file : files) {
      if (Files.size(file) > 20) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(new byte[20]), 0);
        }
        damaged++;
      }
    }
    assertTrue(damaged > 0);
    try (Intake intake = new Intake(Store.SQLITE, folder, indexes)) {
      assertComplete(intake);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIndexThatIsDeletedWhileItServesIsBuiltAnew(Store store) throws IOException {
    fill(store, indexes);
    try (Intake intake = new Intake(store, folder, indexes)) {
      intake.awaitIndex();
      intake.indexes().delete(FollowedIndex.NAME, true);
      assertThrows(
          IndexLoadingException.class,
          () -> intake.index().search(Query.of(1), Duration.ofSeconds(1)));
      Intake.await(() -> intake.indexes().names().contains(FollowedIndex.NAME));
      Intake.await(() -> intake.index().position() == TUNES);
      assertComplete(intake);
    }
  }

  /** A catalogue that can be away. */
  private record Shaky(CatalogSource source, AtomicInteger failures) implements ChangeSource {
    @Override
    public UUID id() {
      return source.id();
    }

    @Override
    public FeedHead head() throws IOException {
      return source.head();
    }

    @Override
    public List<FeedChange> after(long position, int most) throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new IOException("away");
      }
      return source.after(position, most);
    }

    @Override
    public OptionalLong markAt(long position) throws IOException {
      return source.markAt(position);
    }

    @Override
    public void forget() {
      source.forget();
    }
  }

  @Test
  void anOutageOfTheCatalogueIsWaitedForAndMeanwhileItIsLoading() throws Exception {
    fill(Store.SQLITE, folder);
    AtomicInteger failures = new AtomicInteger(Integer.MAX_VALUE);
    try (Catalog catalog = Catalog.open(Store.SQLITE.config(folder));
        IndexCatalog own = IndexCatalog.open(indexes, IndexConfig.DEFAULT);
        FollowedIndex index =
            FollowedIndex.start(
                own, new Shaky(new CatalogSource(catalog), failures), Runnable::run, 5)) {
      Intake.await(() -> index.lag() == TUNES);
      assertFalse(index.isCurrent());
      Query query = Query.of(1, 2, 3);
      Duration second = Duration.ofSeconds(1);
      assertEquals(
          "the index is being built: 0 of 25 changes, 0 %",
          assertThrows(IndexLoadingException.class, () -> index.search(query, second))
              .getMessage());
      failures.set(2);
      index.wake();
      Intake.await(index::isCurrent);
      assertEquals(TUNES, index.position());
      assertTrue(index.search(query, second).isComplete());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDamagedInTheCatalogueIsLeftOut(Store store) throws Exception {
    fill(store, folder);
    try (Intake intake = new Intake(store, folder, indexes)) {
      assertComplete(intake);
    }
    try (Intake intake = new Intake(store, folder, Files.createDirectory(folder.resolve("new")))) {
      intake.execute(
          "UPDATE fingerprint SET data = substr(data, 1, 3) WHERE id IN (2, " + TUNES + ")");
      intake.awaitIndex();
    }
    try (Intake intake = new Intake(store, folder, folder.resolve("new"))) {
      intake.importing(10);
      intake.awaitIndex();
      assertEquals(List.of(), intake.find(tune(1), 40));
      assertEquals(1, intake.find(tune(2), 40).size());
      intake.track(tune(TUNES), 40);
      intake.awaitIndex();
      assertEquals(1, intake.find(tune(TUNES), 40).size());
    }
  }

  @Test
  void theNameIsReserved() {
    assertTrue(IndexCatalog.isReserved(FollowedIndex.NAME));
    assertTrue(IndexCatalog.isName(FollowedIndex.NAME));
  }
}
