package org.incipit.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that is answered with an error. Has no stack trace: it says what the other side did,
 * not where we were.
 */
public final class HttpError extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * An error answer.
   *
   * @param status 400..599
   * @param message may be shown to the other side; says what came and what was wanted
   */
  public HttpError(int status, String message) {
    this(status, message, Map.of());
  }

  /** An error answer with further headers, {@code Allow} or {@code Retry-After}, say. */
  public HttpError(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be 400..599 (got " + status + ")");
    }
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** The answer to a method that a path does not have. */
  public static HttpError methodNotAllowed(List<Method> allowed) {
    List<String> names = allowed.stream().map(Method::name).sorted().toList();
    String list = String.join(", ", names);
    return new HttpError(405, "this path allows " + list, Map.of("Allow", list));
  }

  /** The same with further headers. */
  public HttpError with(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(further);
    return new HttpError(status, text(), all);
  }

  public int status() {
    return status;
  }

  /** To be sent with the answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** What may be shown to the other side. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
