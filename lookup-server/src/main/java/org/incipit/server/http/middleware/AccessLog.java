package org.incipit.server.http.middleware;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/** Tells of each request when its answer is done. */
public final class AccessLog implements Middleware {
  private static final int MAX_PATH = 1000;

  private final Consumer<Entry> to;

  /** Tells this, which must not wait. */
  public AccessLog(Consumer<Entry> to) {
    this.to = to;
  }

  /** Writes lines to this at level INFO; the logger must not wait for a disk. */
  public AccessLog(Logger logger) {
    this(entry -> logger.log(Level.INFO, entry));
  }

  /**
   * A request and its answer.
   *
   * @param client address it came from
   * @param path without the query string, at most 1000 characters of it; from outside, so it may
   *     hold anything
   * @param bytes of the body as it went out
   * @param micros from the head of the request to the end of the answer
   * @param complete false if the connection ended first
   */
  public record Entry(
      String client,
      Method method,
      String path,
      int status,
      long bytes,
      long micros,
      boolean complete) {
    /** A line: all of it in this order, with {@code cut} at its end if it is not complete. */
    @Override
    public String toString() {
      String cut = complete ? "" : " cut";
      String what = client + " " + method + " " + escaped(path);
      return what + " " + status + " " + bytes + " " + micros + " us" + cut;
    }

    /** Keeps a path on its line: whatever is not printable ASCII is escaped as in a URI. */
    private static String escaped(String path) {
      StringBuilder line = new StringBuilder(path.length());
      for (int i = 0; i < path.length(); i++) {
        char c = path.charAt(i);
        if (c > ' ' && c < 0x7F) {
          line.append(c);
        } else {
          line.append('%')
              .append(c > 0xFF ? "u%04X".formatted((int) c) : "%02X".formatted((int) c));
        }
      }
      return line.toString();
    }
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    long start = System.nanoTime();
    String client = request.remoteAddress();
    Method method = request.method();
    String path = request.path();
    response.whenDone(outcome ->
        to.accept(
            new Entry(
                client,
                method,
                path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path,
                outcome.status(),
                outcome.bodyBytes(),
                (System.nanoTime() - start) / 1000,
                outcome.complete())));
    next.handle(request, response);
  }
}
