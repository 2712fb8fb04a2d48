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
  private final Repetition repetition;

  /** When it may be sent again. */
  private enum Repetition {
    NEVER,
    IF_BUSY,
    ALWAYS
  }

  private Call(
      String method, URI uri, List<String> headers, BodyPublisher body, Repetition repetition) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.repetition = repetition;
  }

  public static Call get(URI uri) {
    return new Call("GET", uri, List.of(), BodyPublishers.noBody(), Repetition.ALWAYS);
  }

  public static Call delete(URI uri) {
    return new Call("DELETE", uri, List.of(), BodyPublishers.noBody(), Repetition.ALWAYS);
  }

  /** The body is not copied, so not to be changed. */
  public static Call put(URI uri, String contentType, byte[] body) {
    return new Call(
        "PUT", uri, type(contentType), BodyPublishers.ofByteArray(body), Repetition.ALWAYS);
  }

  /** The body is not copied, so not to be changed. */
  public static Call post(URI uri, String contentType, byte[] body) {
    return new Call(
        "POST", uri, type(contentType), BodyPublishers.ofByteArray(body), Repetition.NEVER);
  }

  private static List<String> type(String contentType) {
    return List.of("Content-Type", contentType);
  }

  /** The same with a header more. */
  public Call header(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new Call(method, uri, List.copyOf(more), body, repetition);
  }

  /** The same, and sending it twice is as good as once: a POST that only asks, say. */
  public Call repeatable() {
    return new Call(method, uri, headers, body, Repetition.ALWAYS);
  }

  /** The same, and it is sent again where the peer said that it did nothing: 429 or 503. */
  public Call repeatableIfBusy() {
    return new Call(method, uri, headers, body, Repetition.IF_BUSY);
  }

  /**
   * Whether it may be sent again.
   *
   * @param busy whether the peer said that it did nothing
   */
  boolean isRepeatable(boolean busy) {
    return repetition == Repetition.ALWAYS || (busy && repetition == Repetition.IF_BUSY);
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
