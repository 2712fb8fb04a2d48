package org.incipit.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.incipit.server.fpindex.ErrorBodies;
import org.incipit.server.fpindex.IndexApi;
import org.incipit.server.fpindex.LineProtocol;
import org.incipit.server.fpindex.SearchThreads;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Router;
import org.incipit.server.http.middleware.AccessLog;
import org.incipit.server.http.middleware.Authentication;
import org.incipit.server.http.middleware.RequestMetrics;
import org.incipit.server.http.netty.HttpServer;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.metrics.MetricsText;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;
import org.incipit.server.net.TlsFiles;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.TaskGroup;

/**
 * The whole of a server: indexes, a catalogue, and a network that serves them. Built from a {@link
 * ServerConfig}; when {@link #start} returns it answers. Ends by {@link #drain}, then {@link
 * #close}; the latter alone cuts off what is under way.
 */
public final class LookupServer implements Closeable {
  private static final String LINES = "line protocol";

  private final ServerConfig config;
  private final Optional<Authentication> tokens;
  private final Optional<TlsFiles> tls;
  private final IndexCatalog indexes;
  private final Optional<CatalogService> catalog;
  private final Network network;
  private final RequestMetrics requests = new RequestMetrics();
  private final Closing closing;
  private final List<Service> services = new CopyOnWriteArrayList<>();

  /** What listens, and what is spoken there. */
  private record Service(String protocol, Listener listener) {}

  private LookupServer(ServerConfig config, Consumer<Router> further, Closing closing)
      throws IOException {
    this.config = config;
    this.closing = closing;
    tokens = authentication(config);
    tls = tlsFiles(config);
    network = closing.add(new Network(config.networkThreads()));
    indexes =
        closing.add(IndexCatalog.open(config.dir(), config.indexConfig(), config.openingsAtOnce()));
    requireUsable();
    List<Middleware> guards = tokens.<List<Middleware>>map(List::of).orElse(List.of());
    SearchThreads searches = closing.add(new SearchThreads(config.computingThreads()));
    catalog =
        config.catalog()
            ? Optional.of(CatalogService.start(config, indexes, searches, closing))
            : Optional.empty();
    IndexApi api =
        new IndexApi(indexes, searches, guards, List.of(this::printMetrics), config.changesBytes());
    serveLines(api);
    serveHttp(api, further);
  }

  /**
   * Opens the indexes and serves them.
   *
   * @throws IOException in one line: the directory or an address is in use, a file is missing, no
   *     index is undamaged
   */
  public static LookupServer start(ServerConfig config) throws IOException {
    return start(config, router -> {});
  }

  /**
   * The same with further routes, on the same connections, loops and threads.
   *
   * @param further adds them; paths without a parameter come before those of indexes
   */
  public static LookupServer start(ServerConfig config, Consumer<Router> further)
      throws IOException {
    Closing closing = new Closing();
    LookupServer server = null;
    try {
      server = new LookupServer(config, further, closing);
      return server;
    } finally {
      if (server == null) {
        closing.close();
      }
    }
  }

  private static Optional<Authentication> authentication(ServerConfig config) throws IOException {
    return config.tokenFile().isEmpty()
        ? Optional.empty()
        : Optional.of(new Authentication(config.tokenFile().get()));
  }

  private static Optional<TlsFiles> tlsFiles(ServerConfig config) throws IOException {
    if (config.tlsCert().isEmpty() || config.tlsKey().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new TlsFiles(config.tlsCert().get(), config.tlsKey().get()));
  }

  /**
   * One damaged index keeps no other from being served, but there must be another, or a catalogue.
   */
  private void requireUsable() throws IOException {
    Map<String, CorruptIndexException> damaged = indexes.damaged();
    if (!config.catalog() && !damaged.isEmpty() && indexes.names().isEmpty()) {
      Map.Entry<String, CorruptIndexException> first = damaged.entrySet().iterator().next();
      throw new IOException(
          "index "
              + first.getKey()
              + " is damaged, and there is no other: "
              + first.getValue().getMessage());
    }
  }

  private void serveLines(IndexApi api) throws IOException {
    if (config.lineAddresses().isEmpty()) {
      return;
    }
    String index = config.legacyIndex();
    if (!IndexCatalog.isReserved(index) && !indexes.damaged().containsKey(index)) {
      indexes.create(index, false, OptionalLong.empty());
    }
    LineProtocol lines = api.lines(index, tokens::isPresent);
    for (NetAddress address : config.lineAddresses()) {
      Listener listener = network.listen(address, listenLimits(), lines.protocol());
      services.add(new Service(LINES, closing.add(listener)));
    }
  }

  private void serveHttp(IndexApi api, Consumer<Router> further) throws IOException {
    ErrorBodies errors = new ErrorBodies();
    Router router = new Router().errors(errors).use(requests);
    if (config.accessLog()) {
      router.use(new AccessLog(closing.add(AccessLines.to(System.getLogger("access")))));
    }
    router.use(errors);
    catalog.ifPresent(service -> service.addTo(router, config.ownHosts()));
    api.addTo(router, config.ownHosts());
    further.accept(router);
    HttpServer http =
        closing.add(new HttpServer(router, config.httpLimits(), config.computingThreads()));
    for (NetAddress address : config.httpAddresses()) {
      Listener listener = network.listen(address, listenLimits(), tls.orElse(null), http);
      services.add(new Service(tls.isPresent() ? "https" : "http", closing.add(listener)));
    }
  }

  private void printMetrics(MetricsText text) {
    catalog.ifPresent(service -> service.print(text));
    text.append(requests.text());
    text.family("incipit_connections", "gauge", "Open connections.");
    count(text, "incipit_connections", Listener::open);
    text.family("incipit_connections_accepted_total", "counter", "Connections accepted.");
    count(text, "incipit_connections_accepted_total", Listener::accepted);
    text.family("incipit_connections_refused_total", "counter", "Connections too many.");
    count(text, "incipit_connections_refused_total", Listener::refused);
  }

  private void count(MetricsText text, String name, Function<Listener, Number> figure) {
    for (Service service : services) {
      Listener listener = service.listener();
      text.sample(name, figure.apply(listener), "listener", listener.address().toString());
    }
  }

  private ListenLimits listenLimits() {
    return ListenLimits.DEFAULT.withMaxConnections(config.maxConnections());
  }

  /** Where it listens, a line for each: {@code http 127.0.0.1:8080}. */
  public List<String> addresses() {
    return services.stream()
        .map(service -> service.protocol() + " " + service.listener().address())
        .toList();
  }

  /** What somebody should look after, a line for each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    indexes
        .damaged()
        .forEach((name, damage) ->
            warnings.add("index " + name + " is damaged: " + damage.getMessage()));
    for (Service service : services) {
      NetAddress address = service.listener().address();
      if (!address.isLocal()) {
        addWarnings(address, service, warnings);
      }
    }
    return warnings;
  }

  private void addWarnings(NetAddress address, Service service, List<String> warnings) {
    if (tokens.isEmpty()) {
      warnings.add("everybody who reaches " + address + " can change the indexes: set token-file");
    }
    boolean isHttp = !service.protocol().equals(LINES);
    if (isHttp && catalog.isPresent() && config.keys() == KeyRule.OPEN) {
      warnings.add(
          "everybody who reaches " + address + " can submit to the catalogue: set keys=required");
    }
  }

  /**
   * Reads tokens and TLS files again. Of what cannot be read, what was read before stays.
   *
   * @return what could not be read, a line for each
   */
  public List<String> reload() {
    List<String> failures = new ArrayList<>();
    try {
      if (tokens.isPresent()) {
        tokens.get().reload();
      }
    } catch (IOException e) {
      failures.add("tokens are as before: " + FileFailure.describe(e));
    }
    try {
      if (tls.isPresent()) {
        tls.get().reload();
      }
    } catch (IOException e) {
      failures.add("TLS is as before: " + FileFailure.describe(e));
    }
    return failures;
  }

  /**
   * Accepts no more, and lets what is under way finish until the deadline; all listeners at once.
   *
   * @return whether all did finish
   */
  public boolean drain(Deadline deadline) throws IOException, InterruptedException {
    List<Future<Boolean>> drains = new ArrayList<>();
    try (TaskGroup group = new TaskGroup()) {
      for (Service service : services) {
        drains.add(group.spawn(() -> service.listener().drain(deadline)));
      }
      group.join();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("cannot stop listening: " + e.getMessage(), e);
    }
    return drains.stream().allMatch(Future::resultNow);
  }

  /** Closes connections and indexes. */
  @Override
  public void close() throws IOException {
    closing.close();
  }
}
