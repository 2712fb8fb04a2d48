package org.incipit.server.http;

/** Does something around handlers: before, after, or in place of the rest. */
@FunctionalInterface
public interface Middleware {
  /**
   * Handles a request, as a rule by calling {@code next}. Runs where the route's handler runs.
   *
   * @param next the rest of the chain, the handler at its end
   */
  void handle(Request request, Response response, Handler next) throws Exception;
}
