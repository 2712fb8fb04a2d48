package org.incipit.server;

import org.incipit.server.catalog.CacheCounts;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.store.CatalogLoad;
import org.incipit.server.intake.FollowedIndex;
import org.incipit.server.intake.Importer;
import org.incipit.server.intake.ImporterStats;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupStats;
import org.incipit.server.metrics.MetricsText;

/** The metrics of a catalogue and of what lives on it. */
final class CatalogMetrics implements MetricsText.Source {
  private static final String IMPORTED = "incipit_imported_total";
  private static final String OUTCOME = "outcome";

  private final Catalog catalog;
  private final CatalogState state;
  private final Lookup lookup;
  private final FollowedIndex index;
  private final Importer importer;

  CatalogMetrics(Catalog catalog, Lookup lookup, FollowedIndex index, Importer importer) {
    this.catalog = catalog;
    state = new CatalogState(() -> CatalogState.Seen.of(catalog));
    this.lookup = lookup;
    this.index = index;
    this.importer = importer;
  }

  @Override
  public void print(MetricsText text) {
    LookupStats lookups = lookup.stats();
    counter(text, "incipit_lookups_cut_off_total", "Searches given up.", lookups.cutOff());
    counter(
        text,
        "incipit_compared_fingerprints_total",
        "Candidates that were compared with a query.",
        lookups.compared());
    imports(text, importer.stats());
    state(text);
    load(text, catalog.load());
    counter(
        text,
        "incipit_damaged_rows_total",
        "Rows of the catalogue that could not be read.",
        catalog.damagedRows());
    gauge(text, "incipit_index_current", "Whether lookups work.", index.isCurrent() ? 1 : 0);
    CacheCounts cache = catalog.tracks().cacheCounts();
    counter(text, "incipit_cache_hits_total", "Fingerprints from memory.", cache.hits());
    counter(text, "incipit_cache_misses_total", "Fingerprints not in memory.", cache.misses());
    gauge(text, "incipit_cache_bytes", "Fingerprints in memory.", cache.bytes());
  }

  private static void imports(MetricsText text, ImporterStats imports) {
    text.family(IMPORTED, "counter", "Submissions that were decided.");
    text.sample(IMPORTED, imports.founded(), OUTCOME, "track");
    text.sample(IMPORTED, imports.added(), OUTCOME, "fingerprint");
    text.sample(IMPORTED, imports.counted(), OUTCOME, "counted");
    text.sample(IMPORTED, imports.rejected(), OUTCOME, "rejected");
    counter(text, "incipit_import_batches_total", "Batches of them.", imports.batches());
    counter(text, "incipit_import_retries_total", "Batches decided again.", imports.retries());
    counter(text, "incipit_import_seconds_total", "Spent on them.", imports.busyNanos() / 1e9);
  }

  private static void load(MetricsText text, CatalogLoad load) {
    gauge(text, "incipit_catalog_busy", "Connections that work.", load.busy());
    gauge(text, "incipit_catalog_waiting", "Who waits for one.", load.waiting());
    counter(text, "incipit_catalog_refused_total", "Who got none.", load.refused());
    counter(
        text,
        "incipit_catalog_wait_seconds_total",
        "What others waited for one.",
        load.waitedNanos() / 1e9);
  }

  private void state(MetricsText text) {
    CatalogState.Reading reading = state.read();
    CatalogState.Seen seen = reading.seen();
    gauge(text, "incipit_pending_submissions", "Submissions that wait.", seen.queue().length());
    gauge(
        text,
        "incipit_pending_seconds",
        "How long the oldest waits.",
        seen.queue().ageMicros() / 1_000_000.0);
    gauge(
        text,
        "incipit_index_lag",
        "Changes that the index is behind.",
        Math.max(0, seen.position() - index.position()));
    gauge(text, "incipit_catalog_up", "Whether the catalogue answers.", reading.isNew() ? 1 : 0);
  }

  private static void counter(MetricsText text, String name, String help, Number value) {
    text.single(name, "counter", help, value);
  }

  private static void gauge(MetricsText text, String name, String help, Number value) {
    text.single(name, "gauge", help, value);
  }
}
