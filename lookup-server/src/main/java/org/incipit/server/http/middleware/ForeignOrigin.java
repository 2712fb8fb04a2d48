package org.incipit.server.http.middleware;

import java.util.Locale;
import java.util.Set;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a browser sends for another site's page with 403: their {@code Origin} is
 * not the host that they are for. Without it any page could talk to a server on loopback. Without
 * TLS the host must be one of {@link OwnHosts}, too; if it was named there, its page may have come
 * through TLS, which a proxy has taken off.
 */
public final class ForeignOrigin implements Middleware {
  private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

  private final OwnHosts own;

  public ForeignOrigin(OwnHosts own) {
    this.own = own;
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    if (hasForeignOrigin(request)) {
      throw new HttpError(403, "requests of other origins are refused");
    }
    next.handle(request, response);
  }

  private boolean hasForeignOrigin(Request request) {
    for (String origin : request.headers().all("Origin")) {
      if (!isOwn(origin, request.headers().first("Host"), request.isSecure())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a browser sends this for a page of another origin, an image or a link in it included:
   * those have no {@code Origin}, but to loopback and through TLS a {@code Sec-Fetch-Site} (W3C
   * Fetch Metadata).
   */
  public boolean isForeign(Request request) {
    return hasForeignOrigin(request)
        || request.headers().all("Sec-Fetch-Site").stream().anyMatch(FOREIGN_SITES::contains);
  }

  private boolean isOwn(String origin, @Nullable String host, boolean secure) {
    if (host == null) {
      return false;
    }
    return secure
        ? isOf("https", origin, host)
        : (own.contains(host) && isOf("http", origin, host))
            || (own.names(host) && isOf("https", origin, host));
  }

  private static boolean isOf(String scheme, String origin, String host) {
    String prefix = scheme + "://";
    return origin.regionMatches(true, 0, prefix, 0, prefix.length())
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
