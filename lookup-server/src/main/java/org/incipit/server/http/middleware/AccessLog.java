package org.incipit.server.http.middleware;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Writes a line for each request when its answer is done: address, method, path, status, bytes of
 * the body as it went out, microseconds, and {@code cut} if the connection ended first.
 */
public final class AccessLog implements Middleware {
  private final Logger logger;

  /** Logs to this at level INFO; the logger must not wait for a disk. */
  public AccessLog(Logger logger) {
    this.logger = logger;
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    if (logger.isLoggable(Level.INFO)) {
      long start = System.nanoTime();
      String what =
          request.remoteAddress() + " " + request.method() + " " + escaped(request.path());
      response.whenDone(outcome -> logger.log(Level.INFO, line(what, outcome, start)));
    }
    next.handle(request, response);
  }

  private static String line(String what, Response.Outcome outcome, long start) {
    long micros = (System.nanoTime() - start) / 1000;
    String cut = outcome.complete() ? "" : " cut";
    return what + " " + outcome.status() + " " + outcome.bodyBytes() + " " + micros + " us" + cut;
  }

  /** Keeps a path on its line: whatever is not printable ASCII is escaped as in a URI. */
  private static String escaped(String path) {
    StringBuilder line = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c > ' ' && c < 0x7F) {
        line.append(c);
      } else {
        line.append('%').append(c > 0xFF ? "u%04X".formatted((int) c) : "%02X".formatted((int) c));
      }
    }
    return line.toString();
  }
}
