package org.incipit.server.http.netty;

import java.lang.System.Logger.Level;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Route;

/** What is answered for what a handler throws. */
final class Failure {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");

  private Failure() {}

  /** The error to answer with; what nobody meant is logged, and not told. */
  static HttpError errorOf(Throwable failure, Route route) {
    return switch (failure) {
      case HttpError e -> e;
      case BodyLimitException e -> new HttpError(413, String.valueOf(e.getMessage()));
      case Unpacking.DamagedException e -> new HttpError(400, String.valueOf(e.getMessage()));
      default -> {
        LOG.log(Level.ERROR, route.method() + " " + route.path() + " failed", failure);
        yield new HttpError(500, "internal error");
      }
    };
  }
}
