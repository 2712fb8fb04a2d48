package org.incipit.server.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A request without a network. */
public final class FakeRequest implements Request, Headers {
  private final Method method;
  private final String path;
  private final List<String> headers = new ArrayList<>();
  private String remoteAddress = "127.0.0.1";
  private String query = "";
  private boolean secure;
  private byte[] body = new byte[0];
  private Match match = new Router().find(Method.GET, "/");

  public FakeRequest(Method method, String path) {
    this.method = method;
    this.path = path;
  }

  /** Lets a router find the route, and runs it. */
  public static FakeResponse run(Router router, FakeRequest request) throws Exception {
    request.match = router.find(request.method, request.path);
    FakeResponse response = new FakeResponse();
    try {
      request.match.route().handler().handle(request, response);
    } catch (HttpError error) {
      response.fail(error);
    }
    response.end(request);
    return response;
  }

  public static FakeResponse run(Router router, Method method, String path) throws Exception {
    return run(router, new FakeRequest(method, path));
  }

  public FakeRequest with(String header, String value) {
    headers.add(header);
    headers.add(value);
    return this;
  }

  public FakeRequest withQuery(String text) {
    query = text;
    return this;
  }

  public FakeRequest withBody(byte[] bytes) {
    body = bytes;
    return this;
  }

  public FakeRequest from(String address) {
    remoteAddress = address;
    return this;
  }

  public FakeRequest throughTls() {
    secure = true;
    return this;
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String queryString() {
    return query;
  }

  @Override
  public String version() {
    return "HTTP/1.1";
  }

  @Override
  public Headers headers() {
    return this;
  }

  @Override
  public String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  @Override
  public List<String> all(String name) {
    List<String> all = new ArrayList<>();
    forEach((one, value) -> {
      if (one.equalsIgnoreCase(name)) {
        all.add(value);
      }
    });
    return all;
  }

  @Override
  public void forEach(BiConsumer<String, String> to) {
    for (int i = 0; i < headers.size(); i += 2) {
      to.accept(headers.get(i), headers.get(i + 1));
    }
  }

  @Override
  public Route route() {
    return match.route();
  }

  @Override
  public Parameters pathParameters() {
    return match.path();
  }

  @Override
  public Parameters query() {
    return Parameters.NONE;
  }

  @Override
  public Parameters cookies() {
    return Parameters.NONE;
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public boolean hasBody() {
    return body.length > 0;
  }

  @Override
  public long contentLength() {
    return body.length;
  }

  @Override
  public InputStream input() {
    return new ByteArrayInputStream(body());
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Form form() {
    return new Form(Parameters.NONE, List.of());
  }
}
