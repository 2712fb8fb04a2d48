package org.incipit.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Stands in for AcoustID's web service: answers what a test says, and remembers the requests. */
final class FakeService implements AutoCloseable {
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Function<Map<String, String>, String> answer;

  /** One that answers with JSON of the parameters, whose {@code path} is the method. */
  FakeService(Function<Map<String, String>, String> answer) throws IOException {
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    parameters.put("path", exchange.getRequestURI().getPath());
    requests.add(parameters);
    byte[] json = answer.apply(parameters).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Map<String, String>> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
