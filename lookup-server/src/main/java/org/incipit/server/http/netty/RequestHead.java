package org.incipit.server.http.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a connection must know of a head that is well formed.
 *
 * @param path begins with a slash; {@code *} for OPTIONS
 * @param contentLength -1 if there is none, or the body is chunked
 * @param keepsAlive whether the other side wants to go on after the answer
 * @param expectsContinue whether it waits for 100 before it sends the body
 * @param expectsOther whether it expects something that no server knows
 */
record RequestHead(
    HttpRequest message,
    @Nullable Method method,
    String path,
    String query,
    boolean is11,
    long contentLength,
    boolean chunked,
    boolean keepsAlive,
    boolean expectsContinue,
    boolean expectsOther) {
  /**
   * Reads a head.
   *
   * @throws HttpError 400
   */
  static RequestHead of(HttpRequest message) throws HttpError {
    HttpHeaders headers = message.headers();
    boolean is11 = message.protocolVersion().equals(HttpVersion.HTTP_1_1);
    Method method = method(message.method().name());
    String target = target(message.uri(), method);
    int mark = target.indexOf('?');
    boolean chunked = Framing.isChunked(message);
    long length = chunked ? -1 : Framing.contentLength(message);
    return new RequestHead(
        message,
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        is11,
        length,
        chunked,
        keepsAlive(headers, is11),
        is11 && (chunked || length > 0) && headers.contains(HttpHeaderNames.EXPECT),
        is11 && expectsOther(headers));
  }

  boolean hasBody() {
    return chunked || contentLength > 0;
  }

  private static @Nullable Method method(String name) {
    return switch (name) {
      case "GET" -> Method.GET;
      case "HEAD" -> Method.HEAD;
      case "POST" -> Method.POST;
      case "PUT" -> Method.PUT;
      case "PATCH" -> Method.PATCH;
      case "DELETE" -> Method.DELETE;
      case "OPTIONS" -> Method.OPTIONS;
      default -> null;
    };
  }

  /** The path and query of the target in its forms (RFC 9112, 3.2). */
  private static String target(String uri, @Nullable Method method) throws HttpError {
    if (uri.charAt(0) == '/' || method == null || (method == Method.OPTIONS && uri.equals("*"))) {
      return uri;
    }
    int start = schemeLength(uri);
    if (start > 0) {
      int end = start;
      while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
        end++;
      }
      if (Framing.isHost(uri.substring(start, end))) {
        String rest = uri.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
      }
    }
    throw new HttpError(400, "the request target must be a path or an http URL");
  }

  private static int schemeLength(String uri) {
    String start = uri.substring(0, Math.min(8, uri.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("http://") ? 7 : start.equals("https://") ? 8 : 0;
  }

  private static boolean keepsAlive(HttpHeaders headers, boolean is11) {
    if (!headers.contains(HttpHeaderNames.CONNECTION)) {
      return is11;
    }
    return is11
        ? !headers.containsValue(HttpHeaderNames.CONNECTION, "close", true)
        : headers.containsValue(HttpHeaderNames.CONNECTION, "keep-alive", true)
            && !headers.containsValue(HttpHeaderNames.CONNECTION, "close", true);
  }

  private static boolean expectsOther(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.EXPECT)) {
      for (String expectation : headers.getAll(HttpHeaderNames.EXPECT)) {
        if (!expectation.equalsIgnoreCase("100-continue")) {
          return true;
        }
      }
    }
    return false;
  }
}
