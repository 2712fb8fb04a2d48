package org.incipit.server.fpindex;

import java.io.IOException;
import org.incipit.server.http.HttpError;

/** Whether the server and its indexes answer. */
final class HealthOperations {
  /** Tells who copies a directory whether this is the process that has it. */
  private static final String PROCESS = "Incipit-Process";

  private static final String PID = Long.toString(ProcessHandle.current().pid());

  private HealthOperations() {}

  /** Of the server, which answers if it can. */
  static void server(Exchange exchange) throws IOException {
    exchange.response().header(PROCESS, PID);
    exchange.send(200, "OK\n");
  }

  /** Of an index: there, being restored, damaged, or not there. */
  static void index(Exchange exchange) throws IOException, Refusal, HttpError {
    try {
      exchange.lease().close();
      exchange.send(200, "OK\n");
    } catch (Refusal e) {
      switch (e.name()) {
        case INDEX_NOT_FOUND -> exchange.response().status(404);
        case INDEX_NOT_READY -> exchange.send(503, "LOADING\n");
        case INDEX_DAMAGED -> exchange.send(503, "DAMAGED\n");
        default -> throw e;
      }
    }
  }
}
