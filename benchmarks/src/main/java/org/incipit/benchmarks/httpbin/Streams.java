package org.incipit.benchmarks.httpbin;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.incipit.server.http.EventStream;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Parameters;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/** Answers that come bit by bit, or late. */
final class Streams {
  private static final long MAX_BYTES = 1L << 34;
  private static final int BLOCK = 16 << 10;
  private static final int MAX_LINES = 1_000_000;
  private static final int MAX_SECONDS = 10;

  private Streams() {}

  /** Random bytes, their number announced. */
  static void bytes(Request request, Response response) throws HttpError, IOException {
    long n = request.pathParameters().integer("n", 0, MAX_BYTES);
    response.header("Content-Length", Long.toString(n));
    write(request, response, n, BLOCK);
  }

  /** Random bytes in chunks of {@code chunk_size}. */
  static void chunks(Request request, Response response) throws HttpError, IOException {
    long n = request.pathParameters().integer("n", 0, MAX_BYTES);
    write(request, response, n, (int) request.query().integer("chunk_size", 1, 1 << 20, 10 << 10));
  }

  private static void write(Request request, Response response, long n, int block)
      throws HttpError, IOException {
    long seed = request.query().integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    response.header("Content-Type", "application/octet-stream");
    byte[] bytes = new byte[(int) Math.min(n, block)];
    try (OutputStream out = response.output()) {
      for (long left = n; left > 0; left -= bytes.length) {
        if (left < bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) left);
        }
        random.nextBytes(bytes);
        out.write(bytes);
        if (block != BLOCK) {
          out.flush();
        }
      }
    }
  }

  /** The request as JSON, n times, each on a line and on its way at once. */
  static void lines(Request request, Response response) throws HttpError, IOException {
    long n = request.pathParameters().integer("n", 0, MAX_LINES);
    response.header("Content-Type", "application/json");
    try (OutputStream out = response.output()) {
      for (long id = 0; id < n; id++) {
        out.write(RequestReport.line(request, id));
        out.flush();
      }
    }
  }

  /** Events: {@code count} of them, {@code delay} milliseconds apart. */
  static void events(Request request, Response response)
      throws HttpError, IOException, InterruptedException {
    Parameters query = request.query();
    long count = query.integer("count", 0, MAX_LINES, 10);
    long delay = query.integer("delay", 0, 60_000, 0);
    try (EventStream events = response.events()) {
      for (long id = 0; id < count; id++) {
        if (id > 0) {
          Thread.sleep(delay);
        }
        events.send("ping", Long.toString(id), "{\"id\": " + id + "}");
      }
    }
  }

  /** The request as JSON, after so many seconds. */
  static void delayed(Request request, Response response)
      throws HttpError, IOException, InterruptedException {
    String seconds = request.pathParameters().required("s");
    if (!seconds.matches("[0-9]{1,4}(\\.[0-9]{1,6})?")) {
      throw new HttpError(400, "parameter s must be a number of seconds (got " + seconds + ")");
    }
    double wanted = Math.min(MAX_SECONDS, Double.parseDouble(seconds));
    Thread.sleep(Math.round(wanted * 1000));
    RequestReport.full(request, response);
  }
}
