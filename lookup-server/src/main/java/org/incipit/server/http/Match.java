package org.incipit.server.http;

import java.util.List;

/** What a {@link Router} finds for a request. */
public sealed interface Match {
  /** A route, and the decoded values of the names in its path. */
  record Found(Route route, Parameters path) implements Match {}

  /** The path exists, for these methods, HEAD and OPTIONS included. */
  record OtherMethods(List<Method> allowed) implements Match {}

  /** There is no such path. */
  record Nothing() implements Match {}
}
