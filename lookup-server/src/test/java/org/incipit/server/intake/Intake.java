package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.segment.Segment.Verification;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupConfig;
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.LookupQuery;

/** One node: a catalogue, its index, and an importer if it is to have one. */
final class Intake implements AutoCloseable {
  private static final int MOST_POLLS = 4000;

  /** Damage is looked for while it runs, not before. */
  private static final IndexConfig INDEXES =
      IndexConfig.DEFAULT.withVerification(Verification.LATER);

  private final CatalogConfig config;
  private final Catalog catalog;
  private final IndexCatalog indexes;
  private final ExecutorService searches = Executors.newFixedThreadPool(2);
  private final FollowedIndex index;
  private final List<Importer> importers = new ArrayList<>();

  /** On a catalogue that belongs to a folder, with indexes in another. */
  Intake(Store store, Path folder, Path indexFolder) throws IOException {
    this(store, folder, indexFolder, CatalogSource::new);
  }

  /** The same with an index that follows what is made of the catalogue. */
  Intake(Store store, Path folder, Path indexFolder, Function<Catalog, ChangeSource> followed)
      throws IOException {
    config = store.config(folder);
    catalog = Catalog.open(config);
    indexes = IndexCatalog.open(indexFolder, INDEXES);
    index = FollowedIndex.start(indexes, followed.apply(catalog), searches, 10);
  }

  Intake(Store store, Path folder) throws IOException {
    this(store, folder, folder);
  }

  /** Changes the database behind everybody's back. */
  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    String url = config.url();
    if (url == null) {
      return DriverManager.getConnection(
          "jdbc:sqlite:" + config.directory().resolve(CatalogConfig.FILE));
    }
    String noKeys = url.replaceFirst("//.*@", "//");
    return DriverManager.getConnection(noKeys, "postgres", "secret");
  }

  Catalog catalog() {
    return catalog;
  }

  FollowedIndex index() {
    return index;
  }

  IndexCatalog indexes() {
    return indexes;
  }

  /** Begins to import, so many at a time. */
  Importer importing(int batch) {
    return importing(new CatalogSource(catalog), batch);
  }

  Importer importing(ImportSource source, int batch) {
    Importer importer = Importer.start(source, index, batch);
    importers.add(importer);
    return importer;
  }

  static NewSubmission submission(Fingerprint fingerprint, int duration) {
    return new NewSubmission(
        OptionalLong.empty(),
        OptionalLong.empty(),
        null,
        fingerprint,
        duration,
        null,
        null,
        null,
        null,
        null,
        TextMetadata.NONE);
  }

  long submit(Fingerprint fingerprint, int duration) throws IOException {
    long id = catalog.submissions().add(List.of(submission(fingerprint, duration))).getFirst();
    importers.forEach(Importer::wake);
    return id;
  }

  /** Submits one, and waits until it belongs to a track: which. */
  UUID track(Fingerprint fingerprint, int duration) throws IOException {
    return track(submit(fingerprint, duration));
  }

  /** Waits until a submission belongs to a track: which. */
  UUID track(long submission) throws IOException {
    return switch (handled(submission)) {
      case SubmissionStatus.Imported(UUID track) -> track;
      case SubmissionStatus other -> throw new AssertionError(other);
    };
  }

  /** Waits until a submission is handled. */
  SubmissionStatus handled(long submission) throws IOException {
    SubmissionStatus status = new SubmissionStatus.Pending();
    for (int poll = 0; status instanceof SubmissionStatus.Pending && poll < MOST_POLLS; poll++) {
      pause();
      status = catalog.submissions().statuses(List.of(submission)).get(submission);
    }
    return status;
  }

  List<LookupMatch> find(Fingerprint fingerprint, int duration) throws IOException {
    Lookup lookup = new Lookup(index, catalog.tracks(), LookupConfig.DEFAULT);
    return lookup.find(List.of(new LookupQuery(fingerprint, duration, 7))).getFirst();
  }

  /** Waits until the index knows as much as the catalogue. */
  void awaitIndex() throws IOException {
    long head = catalog.feed().head().position();
    await(() -> index.isCurrent() && index.position() >= head);
  }

  /** Waits until something is so, but not for ever. */
  static void await(BooleanSupplier holds) {
    int polls = 0;
    while (!holds.getAsBoolean() && polls++ < MOST_POLLS) {
      pause();
    }
    assertTrue(holds.getAsBoolean());
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    importers.forEach(Importer::close);
    index.close();
    indexes.close();
    catalog.close();
    searches.shutdownNow();
  }
}
