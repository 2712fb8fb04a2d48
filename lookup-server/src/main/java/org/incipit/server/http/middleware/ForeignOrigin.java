package org.incipit.server.http.middleware;

import java.util.Locale;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a browser sends for another site's page with 403: their {@code Origin} is
 * not the host that they are for. Without it any page could talk to a server on loopback. Without
 * TLS the host must be one of {@link OwnHosts}, too.
 */
public final class ForeignOrigin implements Middleware {
  private final OwnHosts own;

  public ForeignOrigin(OwnHosts own) {
    this.own = own;
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    for (String origin : request.headers().all("Origin")) {
      if (!isOwn(origin, request.headers().first("Host"), request.isSecure())) {
        throw new HttpError(403, "requests of other origins are refused");
      }
    }
    next.handle(request, response);
  }

  private boolean isOwn(String origin, @Nullable String host, boolean secure) {
    String scheme = secure ? "https" : "http";
    String prefix = scheme + "://";
    return host != null
        && origin.regionMatches(true, 0, prefix, 0, prefix.length())
        && (secure || own.contains(host))
        && authority(scheme, origin.substring(prefix.length())).equals(authority(scheme, host));
  }

  /** A host and its port, in one spelling. */
  private static String authority(String scheme, String text) {
    String standard = scheme.equals("https") ? ":443" : ":80";
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(standard)
        ? lower.substring(0, lower.length() - standard.length())
        : lower;
  }
}
