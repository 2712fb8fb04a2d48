package org.incipit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.incipit.server.acoustid.LookupAnswers;
import org.incipit.server.acoustid.client.Transport;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.fpindex.SearchThreads;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.intake.FollowedIndex;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupConfig;
import org.incipit.server.task.Interruption;

/**
 * Lookups in a data directory without a server: answered as a server would answer them that has
 * that directory. Nothing is imported; the index is brought up to date.
 */
public final class DirectLookup implements Transport {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final String LOOKUP = "lookup";

  private final Closing closing;
  private final LookupAnswers answers;

  private DirectLookup(
      CatalogConfig config, ScoreRule score, LongConsumer progress, Closing closing)
      throws IOException {
    this.closing = closing;
    IndexCatalog indexes = closing.add(IndexCatalog.open(config.directory(), IndexConfig.DEFAULT));
    Catalog catalog = closing.add(Catalog.open(config));
    SearchThreads searches =
        closing.add(new SearchThreads(Runtime.getRuntime().availableProcessors()));
    FollowedIndex index =
        closing.add(FollowedIndex.start(indexes, catalog, searches.of(FollowedIndex.NAME)));
    awaitCurrent(index, progress, config.limits().work());
    LookupConfig rules = LookupConfig.DEFAULT.withSlope(score.slope());
    answers = new LookupAnswers(catalog, new Lookup(index, catalog.tracks(), rules));
  }

  /**
   * Opens a directory, and waits until its index knows all of the catalogue.
   *
   * @param progress told again and again how many changes of the catalogue it knows
   * @throws org.incipit.server.index.file.DirectoryInUseException if a server has it
   * @throws IOException if there is no catalogue, or if the index fails for longer than a piece of
   *     work on the catalogue may take
   */
  public static DirectLookup open(CatalogConfig config, ScoreRule score, LongConsumer progress)
      throws IOException {
    if (config.url() == null && !Files.exists(config.directory().resolve(CatalogConfig.FILE))) {
      throw new IOException(config.directory() + " holds no catalogue");
    }
    Closing closing = new Closing();
    DirectLookup lookup = null;
    try {
      lookup = new DirectLookup(config, score, progress, closing);
      return lookup;
    } finally {
      if (lookup == null) {
        closing.close();
      }
    }
  }

  private static void awaitCurrent(FollowedIndex index, LongConsumer progress, Duration patience)
      throws IOException {
    long worked = System.nanoTime();
    while (!index.isCurrent()) {
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        throw Interruption.of("the index catches up", e);
      }
      progress.accept(index.position());
      Throwable failure = index.failure();
      if (failure == null) {
        worked = System.nanoTime();
      } else if (System.nanoTime() - worked > patience.toNanos()) {
        throw new IOException(
            "the index cannot be brought up to date: " + failure.getMessage(), failure);
      }
    }
  }

  /**
   * Answers a lookup.
   *
   * @throws IllegalArgumentException if something else is wanted
   */
  @Override
  public byte[] post(String method, byte[] form, boolean asks) throws IOException {
    if (!method.equals(LOOKUP)) {
      throw new IllegalArgumentException("only lookups need no server (got " + method + ")");
    }
    return answers.answer(form);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
