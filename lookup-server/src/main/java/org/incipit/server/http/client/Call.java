package org.incipit.server.http.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** A request to be sent. Immutable. */
public final class Call {
  private final String method;
  private final URI uri;
  private final List<String> headers;
  private final BodyPublisher body;
  private final boolean repeatable;

  private Call(
      String method, URI uri, List<String> headers, BodyPublisher body, boolean repeatable) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.repeatable = repeatable;
  }

  public static Call get(URI uri) {
    return new Call("GET", uri, List.of(), BodyPublishers.noBody(), true);
  }

  public static Call delete(URI uri) {
    return new Call("DELETE", uri, List.of(), BodyPublishers.noBody(), true);
  }

  /** The body is not copied, so not to be changed. */
  public static Call put(URI uri, String contentType, byte[] body) {
    return new Call("PUT", uri, type(contentType), BodyPublishers.ofByteArray(body), true);
  }

  /** The body is not copied, so not to be changed. */
  public static Call post(URI uri, String contentType, byte[] body) {
    return new Call("POST", uri, type(contentType), BodyPublishers.ofByteArray(body), false);
  }

  private static List<String> type(String contentType) {
    return List.of("Content-Type", contentType);
  }

  /** The same with a header more. */
  public Call header(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new Call(method, uri, List.copyOf(more), body, repeatable);
  }

  /** The same, and sending it twice is as good as once: a POST that only asks, say. */
  public Call repeatable() {
    return new Call(method, uri, headers, body, true);
  }

  boolean isRepeatable() {
    return repeatable;
  }

  HttpRequest.Builder request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return request.setHeader("Accept-Encoding", "gzip");
  }

  /** Method and address, without the query string: that may be long, or secret. */
  @Override
  public String toString() {
    String path = uri.getRawPath();
    return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + path;
  }
}
