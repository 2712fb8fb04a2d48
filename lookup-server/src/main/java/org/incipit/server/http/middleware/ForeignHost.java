package org.incipit.server.http.middleware;

import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Refuses requests for hosts that are not ours with 421, since they may be those of a page whose
 * name was led here. Such a page's reading requests have no {@code Origin} by which {@link
 * ForeignOrigin} would know them. Through TLS no page gets here that our certificate is not for,
 * and to a Unix-domain socket none.
 */
public final class ForeignHost implements Middleware {
  private final OwnHosts own;

  public ForeignHost(OwnHosts own) {
    this.own = own;
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    String host = request.headers().first("Host");
    if (host != null
        && !own.takes(host)
        && !request.isSecure()
        && !request.remoteAddress().equals("unix")) {
      throw new HttpError(421, "this server does not know itself as " + host);
    }
    next.handle(request, response);
  }
}
