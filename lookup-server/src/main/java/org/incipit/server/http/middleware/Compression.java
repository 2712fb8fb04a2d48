package org.incipit.server.http.middleware;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Packs answers with gzip if the other side takes that (RFC 9110, 12.5.3): text, JSON, XML,
 * JavaScript and SVG of known length above a limit, and streams of them. Answers that have an
 * encoding, a range, an {@code ETag} or {@code no-transform} are left as they are, and those to
 * HEAD.
 */
public final class Compression implements Middleware {
  private final int minBytes;

  /** Packs answers of at least so many bytes. */
  public Compression(int minBytes) {
    this.minBytes = minBytes;
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    boolean wanted =
        request.method() != Method.HEAD && takesGzip(request.headers().all("Accept-Encoding"));
    PackedResponse packed = new PackedResponse(response, wanted, minBytes);
    boolean done = false;
    try {
      next.handle(request, packed);
      done = true;
    } finally {
      end(packed, done);
    }
  }

  private static void end(PackedResponse packed, boolean done) throws IOException {
    if (done) {
      packed.end();
    } else {
      packed.abandon();
    }
  }

  /** Whether gzip is acceptable, and not less so than no encoding if that is named. */
  static boolean takesGzip(List<String> headers) {
    double gzip = -1;
    double any = 0;
    double identity = 0;
    for (String header : headers) {
      for (String item : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = item.split(";", -1);
        switch (parts[0].strip()) {
          case "gzip", "x-gzip" -> gzip = quality(parts);
          case "*" -> any = quality(parts);
          case "identity" -> identity = quality(parts);
          default -> {}
        }
      }
    }
    double quality = gzip < 0 ? any : gzip;
    return quality > 0 && quality >= identity;
  }

  /** The weight among the parameters: 1 if there is none, 0 if it is none. */
  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        String value = parameter.substring(2);
        return value.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(value) : 0;
      }
    }
    return 1;
  }
}
