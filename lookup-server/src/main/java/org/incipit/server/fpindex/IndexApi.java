package org.incipit.server.fpindex;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.middleware.ForeignHost;
import org.incipit.server.http.middleware.ForeignOrigin;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.metrics.MetricsText;

/** The routes of the index's HTTP API. */
public final class IndexApi {
  private static final RunsOn LOOP = RunsOn.EVENT_LOOP;
  private static final RunsOn COMPUTE = RunsOn.COMPUTE;
  private static final RunsOn WAITS = RunsOn.VIRTUAL;

  private final IndexCatalog catalog;
  private final SearchThreads threads;
  private final ServiceMetrics metrics;
  private final List<MetricsText.Source> sources;
  private final Middleware[] guards;
  private final Room changes;

  /**
   * The API over a catalog, which stays the caller's.
   *
   * @param threads of searches; stay the caller's
   * @param guards put around what writes or copies: who may do that
   * @param sources further metrics, printed after those of the index
   * @param changesBytes memory for all changes that are under way: read, not committed yet
   */
  public IndexApi(
      IndexCatalog catalog,
      SearchThreads threads,
      List<Middleware> guards,
      List<MetricsText.Source> sources,
      long changesBytes) {
    this(catalog, threads, guards, sources, new Room(changesBytes));
  }

  IndexApi(
      IndexCatalog catalog,
      SearchThreads threads,
      List<Middleware> guards,
      List<MetricsText.Source> sources,
      Room changes) {
    this.catalog = catalog;
    this.changes = changes;
    this.threads = threads;
    this.guards = guards.toArray(Middleware[]::new);
    this.sources = List.copyOf(sources);
    metrics = new ServiceMetrics(catalog);
  }

  /**
   * Adds the routes. The router's own middleware should begin with {@link ErrorBodies}, so that
   * paths that do not exist are answered as the index does.
   *
   * <p>A body without a type is MessagePack, so that any web page could write to a server on the
   * same machine: what a browser sends for a page of another origin is refused.
   *
   * @param own the hosts that requests may be for
   */
  public void addTo(Router router, OwnHosts own) {
    router.group(
        "",
        group -> {
          ErrorBodies errors = new ErrorBodies();
          group.errors(errors).use(errors, new ForeignHost(own), new ForeignOrigin(own));
          addOpen(group);
          group.group("", guarded -> addGuarded(guarded.use(guards)));
        });
  }

  /**
   * The line protocol over the same catalog, with the same threads, and counted by the same
   * metrics.
   *
   * @param name of the index that it is about
   * @param readOnly whether nobody may write, since it knows no guards; asked at every writing
   */
  public LineProtocol lines(String name, BooleanSupplier readOnly) {
    return new LineProtocol(catalog, name, metrics, readOnly, threads, changes);
  }

  private void addOpen(Router router) {
    IndexOperations indexes = new IndexOperations(catalog, metrics, changes);
    DocumentOperations documents = new DocumentOperations(metrics, changes);
    SearchOperations searches = new SearchOperations(metrics, threads);
    router
        .get("/_health", LOOP, on(HealthOperations::server))
        .get("/_metrics", WAITS, on(this::printMetrics))
        .get("/:index/_health", LOOP, on(HealthOperations::index))
        .get("/:index", LOOP, on(indexes::info))
        .route(Method.HEAD, "/:index", LOOP, on(indexes::exists))
        .get("/:index/_status", LOOP, on(indexes::status))
        .maxBodyBytes(Exchange.MAX_BODY_BYTES)
        .post("/:index/_search", LOOP, on(searches::search))
        .post("/:index/_search_batch", LOOP, on(searches::searchBatch))
        .get("/:index/:id", COMPUTE, on(documents::get));
  }

  private void addGuarded(Router router) {
    IndexOperations indexes = new IndexOperations(catalog, metrics, changes);
    DocumentOperations documents = new DocumentOperations(metrics, changes);
    CopyOperations copies = new CopyOperations(catalog);
    router
        .maxBodyBytes(Exchange.MAX_BODY_BYTES)
        .put("/:index", WAITS, on(indexes::create))
        .delete("/:index", WAITS, on(indexes::delete))
        .post("/:index/_update", WAITS, on(indexes::update))
        .put("/:index/:id", WAITS, on(documents::put))
        .delete("/:index/:id", WAITS, on(documents::delete))
        .maxBodyBytes(Long.MAX_VALUE)
        .get("/:index/_snapshot", WAITS, on(copies::snapshot))
        .put("/:index/_restore", WAITS, on(copies::restore));
  }

  private Handler on(Exchange.Step step) {
    return (request, response) -> step.run(new Exchange(catalog, request, response));
  }

  private void printMetrics(Exchange exchange) throws IOException {
    MetricsText text = new MetricsText();
    metrics.print(text);
    JvmMetrics.print(text);
    for (MetricsText.Source source : sources) {
      source.print(text);
    }
    byte[] page = text.toString().getBytes(StandardCharsets.UTF_8);
    exchange.response().send(MetricsText.CONTENT_TYPE, page);
  }
}
