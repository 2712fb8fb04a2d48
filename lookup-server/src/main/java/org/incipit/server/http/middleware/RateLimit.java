package org.incipit.server.http.middleware;

import io.github.bucket4j.TimeMeter;
import java.util.Map;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Answers requests of an address that sends too many with 429 and {@code Retry-After}. IPv6
 * addresses with the first 64 bits in common count as one. Behind a proxy all requests have its
 * address.
 */
public final class RateLimit implements Middleware {
  private final Buckets buckets;

  /**
   * Allows so many.
   *
   * @param capacity requests at once, after a pause
   * @param perSecond requests in the long run
   * @param maxAddresses that are remembered, of some hundred bytes each
   */
  public RateLimit(long capacity, long perSecond, int maxAddresses) {
    this(capacity, perSecond, maxAddresses, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimit(long capacity, long perSecond, int maxAddresses, TimeMeter clock) {
    buckets = new Buckets(capacity, perSecond, maxAddresses, clock);
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    long seconds = buckets.take(Buckets.ownerOf(request.remoteAddress()));
    if (seconds > 0) {
      Map<String, String> later = Map.of("Retry-After", Long.toString(seconds));
      throw new HttpError(429, "too many requests", later);
    }
    next.handle(request, response);
  }

  int addresses() {
    return buckets.keys();
  }
}
