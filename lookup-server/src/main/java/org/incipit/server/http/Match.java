package org.incipit.server.http;

import java.util.List;

/** What a {@link Router} finds for a request. There is always a route to run. */
public sealed interface Match {
  /**
   * What answers the request: the route that was found, or one that answers with the error, or to
   * OPTIONS with {@code Allow}, inside the middleware of the group that the path lies in.
   */
  Route route();

  /** The decoded values of the names in the route's path. */
  default Parameters path() {
    return Parameters.NONE;
  }

  /** A route, and the decoded values of the names in its path. */
  record Found(Route route, Parameters path) implements Match {}

  /** The path exists, for these methods, HEAD and OPTIONS included. */
  record OtherMethods(List<Method> allowed, Route route) implements Match {}

  /** There is no such path; or, its route answering 400 in place of 404, it cannot be decoded. */
  record Nothing(Route route) implements Match {}
}
