package org.incipit.server.acoustid;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.incipit.server.lookup.IndexBusyException;
import org.incipit.server.lookup.IndexLoadingException;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupQuery;

/** Whether lookups are answered: tries one. */
final class Health {
  private static final LookupQuery ANY =
      new LookupQuery(Fingerprint.of(Algorithm.DEFAULT, 1), 1, 1);

  private final Catalog catalog;
  private final Lookup lookup;

  Health(Catalog catalog, Lookup lookup) {
    this.catalog = catalog;
    this.lookup = lookup;
  }

  void answer(Request request, Response response) throws IOException {
    response.header("Cache-Control", "no-store");
    try {
      var _ = catalog.feed().head();
      var _ = lookup.find(List.of(ANY));
      response.send("ok");
    } catch (IndexLoadingException e) {
      response.status(503).send("loading");
    } catch (IndexBusyException | RejectedExecutionException e) {
      response.status(503).send("busy");
    } catch (CatalogException e) {
      response.status(503).send("the catalogue's database does not answer");
    }
  }
}
