package org.incipit.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an error says, besides its status. */
public final class ErrorAnswer {
  private final Map<String, String> headers;
  private final String contentType;
  private final byte[] body;

  /**
   * An answer of these parts.
   *
   * @param headers besides those of the connection, of the body, and of the error itself
   * @param body not copied, so not to be changed
   */
  public ErrorAnswer(Map<String, String> headers, String contentType, byte[] body) {
    this.headers = Map.copyOf(headers);
    this.contentType = contentType;
    this.body = body;
  }

  /** How the errors of a group of routes are written. */
  @FunctionalInterface
  public interface Format {
    /** A line of text. */
    Format TEXT =
        (request, error) ->
            new ErrorAnswer(
                Map.of(),
                "text/plain; charset=utf-8",
                (error.text() + "\n").getBytes(StandardCharsets.UTF_8));

    /**
     * Writes an error. Any thread, also while the handler is busy with the request; only what the
     * head of the request says may be looked at.
     */
    ErrorAnswer write(Request request, HttpError error);

    /**
     * The error of a request whose handler was too slow, and may have done what was asked or may
     * still do it. Any thread.
     */
    default HttpError late() {
      return new HttpError(503, "the answer took too long");
    }
  }

  public Map<String, String> headers() {
    return headers;
  }

  public String contentType() {
    return contentType;
  }

  /** Not copied. */
  public byte[] body() {
    return body;
  }
}
