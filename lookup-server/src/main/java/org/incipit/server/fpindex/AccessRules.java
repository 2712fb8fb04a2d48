package org.incipit.server.fpindex;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Supplier;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Who may use the index. A body without a type is MessagePack, so that any web page could write to
 * a server on the same machine: what a browser sends for a page of another origin is refused.
 */
final class AccessRules {
  private static final String SCHEME = "Bearer ";

  private AccessRules() {}

  /** Refuses what pages of other origins send. */
  static Middleware sameOrigin() {
    return AccessRules::requireSameOrigin;
  }

  private static void requireSameOrigin(Request request, Response response, Handler next)
      throws Exception {
    String origin = request.headers().first("Origin");
    if (origin != null) {
      String own = request.headers().first("Host");
      String scheme = request.isSecure() ? "https://" : "http://";
      if (own == null || !origin.equalsIgnoreCase(scheme + own)) {
        throw new Refusal(Refusal.Name.FOREIGN_ORIGIN, "no requests of other origins");
      }
    }
    next.handle(request, response);
  }

  /**
   * Lets those in who show a token: {@code Authorization: Bearer TOKEN}.
   *
   * @param tokens asked at every request; everybody comes in if there are none
   */
  static Middleware bearer(Supplier<Set<String>> tokens) {
    return (request, response, next) -> {
      Set<String> valid = tokens.get();
      if (!valid.isEmpty() && !shows(request, valid)) {
        response.header("WWW-Authenticate", "Bearer");
        throw new Refusal(Refusal.Name.UNAUTHORIZED, "this needs a token");
      }
      next.handle(request, response);
    };
  }

  private static boolean shows(Request request, Set<String> valid) {
    String value = request.headers().first("Authorization");
    if (value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] shown = value.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (String token : valid) {
      // Takes as long whether the first letter is wrong or the last.
      found |= MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), shown);
    }
    return found;
  }
}
