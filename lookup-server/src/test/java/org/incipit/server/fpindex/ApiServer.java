package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.FakeResponse;
import org.incipit.server.http.Method;
import org.incipit.server.http.Router;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.FileDisk;

/** The index's API served, and a client of it. */
final class ApiServer implements AutoCloseable {
  static final String JSON = "application/json";
  static final String MSGPACK = "application/vnd.msgpack";

  final IndexCatalog catalog;
  private final Router router = new Router().use(new ErrorBodies());

  ApiServer(Path folder) throws IOException {
    this(FileDisk.INSTANCE, folder, Set.of());
  }

  ApiServer(Disk disk, Path folder, Set<String> tokens) throws IOException {
    catalog = IndexCatalog.open(disk, folder, IndexConfig.DEFAULT);
    new IndexApi(catalog, () -> tokens, List.of()).addTo(router);
  }

  /** Sends a request with a body, which may be empty, and headers: names and values in turn. */
  Reply send(String method, String path, byte[] body, String... headers) throws Exception {
    FakeRequest request = new FakeRequest(Method.valueOf(method), path).withBody(body);
    for (int i = 0; i < headers.length; i += 2) {
      request.with(headers[i], headers[i + 1]);
    }
    FakeResponse response = FakeRequest.run(router, request);
    Map<String, String> all = new HashMap<>();
    for (String name : List.of("content-type", "error-reason", "allow", "www-authenticate")) {
      String value = response.header(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    return Reply.of(response.status(), all, response.bytes());
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
    catalog.close();
  }
}
