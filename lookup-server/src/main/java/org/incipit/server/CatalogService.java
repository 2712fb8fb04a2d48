package org.incipit.server;

import java.io.IOException;
import org.incipit.server.acoustid.AcoustidApi;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.fpindex.SearchThreads;
import org.incipit.server.http.Router;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.intake.FollowedIndex;
import org.incipit.server.intake.Importer;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.metrics.MetricsText;

/**
 * The catalogue and what lives on it: the index that follows it, the importer, lookups, the web
 * service.
 */
final class CatalogService {
  private final AcoustidApi api;
  private final CatalogMetrics metrics;

  private CatalogService(
      ServerConfig config, Catalog catalog, FollowedIndex index, Importer importer) {
    Lookup lookup = new Lookup(index, catalog.tracks(), config.lookupConfig());
    api = new AcoustidApi(config.acoustidConfig(), catalog, lookup, importer::wake);
    metrics = new CatalogMetrics(catalog, lookup, index, importer);
  }

  /**
   * Opens the catalogue and begins to follow it and to import.
   *
   * @param closing what all of it is added to, in the order in which it is to be closed backwards
   */
  static CatalogService start(
      ServerConfig config, IndexCatalog indexes, SearchThreads searches, Closing closing)
      throws IOException {
    Catalog catalog = closing.add(Catalog.open(config.catalogConfig()));
    FollowedIndex index =
        closing.add(FollowedIndex.start(indexes, catalog, searches.of(FollowedIndex.NAME)));
    Importer importer = closing.add(Importer.start(catalog, index));
    return new CatalogService(config, catalog, index, importer);
  }

  void addTo(Router router, OwnHosts own) {
    api.addTo(router, own);
  }

  void print(MetricsText text) {
    api.metrics().print(text);
    metrics.print(text);
  }
}
