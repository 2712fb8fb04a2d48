package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.incipit.server.http.Router;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.http.netty.HttpServer;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;

/** The index's API served on a port of its own, and a client of it. */
final class ApiServer implements AutoCloseable {
  static final String JSON = "application/json";
  static final String MSGPACK = "application/vnd.msgpack";

  final IndexCatalog catalog;

  /** For all changes under way. */
  final Room changes = new Room(1 << 20);

  private final Network network = new Network(1);
  final SearchThreads searches = new SearchThreads(1);

  /** One for each request whose handler has returned, perhaps with the rest handed over. */
  final Semaphore handled = new Semaphore(0);

  private final HttpServer http;
  private final Listener listener;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ApiServer(Path folder) throws IOException {
    this(FileDisk.INSTANCE, folder);
  }

  ApiServer(Disk disk, Path folder, Middleware... guards) throws IOException {
    catalog = IndexCatalog.open(disk, folder, IndexConfig.DEFAULT);
    ErrorBodies errors = new ErrorBodies();
    Router router = new Router().errors(errors).use(errors, this::count);
    new IndexApi(catalog, searches, List.of(guards), List.of(), changes)
        .addTo(router, new OwnHosts(List.of("index.example"), false));
    http = new HttpServer(router, HttpLimits.DEFAULT, 1);
    listener = network.listen(new NetAddress.Tcp("127.0.0.1", 0), ListenLimits.DEFAULT, http);
  }

  private void count(Request request, Response response, Handler next) throws Exception {
    try {
      next.handle(request, response);
    } finally {
      handled.release();
    }
  }

  int port() {
    return ((NetAddress.Tcp) listener.address()).port();
  }

  /** What a page of this server would have as its origin. */
  String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** Sends a request with a body, which may be empty, and headers: names and values in turn. */
  Reply send(String method, String path, byte[] body, String... headers) throws Exception {
    BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return send(method, path, publisher, headers);
  }

  /** The same with a body of unknown length, say. */
  Reply send(String method, String path, BodyPublisher body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + path)).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    Map<String, String> all = new HashMap<>();
    response.headers().map().forEach((name, values) -> all.put(name, String.join(", ", values)));
    return Reply.of(response.statusCode(), all, response.body());
  }

  /** Sends JSON, or nothing if it is empty. */
  Reply json(String method, String path, String json) throws Exception {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return body.length == 0
        ? send(method, path, body)
        : send(method, path, body, "Content-Type", JSON);
  }

  Reply get(String path) throws Exception {
    return json("GET", path, "");
  }

  /** The body of the answer in JSON, which must have this status. */
  String json(int status, String method, String path, String json) throws Exception {
    Reply reply = json(method, path, json);
    assertEquals(status, reply.status(), method + " " + path + " " + json + ": " + reply.text());
    assertEquals("application/json; charset=UTF-8", reply.type());
    return reply.text();
  }

  /** The body of the answer in MessagePack, as JSON; so is that of the request. */
  String packed(int status, String method, String path, String json) throws Exception {
    byte[] body = json.isEmpty() ? new byte[0] : Packed.fromJson(json);
    Reply reply =
        json.isEmpty() ? send(method, path, body, "Accept", MSGPACK) : send(method, path, body);
    String told = Packed.json(reply.bytes());
    assertEquals(status, reply.status(), method + " " + path + " " + json + ": " + told);
    assertEquals(MSGPACK, reply.type());
    return told;
  }

  @Override
  public void close() throws IOException {
    client.close();
    listener.close();
    http.close();
    searches.close();
    network.close();
    catalog.close();
  }
}
