package org.incipit.server.http;

/** Answers requests: reads, computes, writes, in straight-line code. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a request. If it returns without having written anything, the answer is the status that
   * was set, without a body.
   *
   * @throws HttpError to be answered with its status
   * @throws java.io.IOException of the connection: it is closed; of anything else: answered with
   *     500
   */
  void handle(Request request, Response response) throws Exception;
}
