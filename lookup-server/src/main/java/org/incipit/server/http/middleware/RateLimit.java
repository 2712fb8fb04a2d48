package org.incipit.server.http.middleware;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Answers requests of an address that sends too many with 429 and {@code Retry-After}. Addresses
 * that have not been seen for longest are forgotten when there are too many.
 */
public final class RateLimit implements Middleware {
  private final long capacity;
  private final long perSecond;
  private final int maxAddresses;
  private final TimeMeter clock;
  private final LinkedHashMap<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

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
    if (maxAddresses < 1) {
      throw new IllegalArgumentException(
          "maxAddresses must be positive (got " + maxAddresses + ")");
    }
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.maxAddresses = maxAddresses;
    this.clock = clock;
    newBucket();
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    ConsumptionProbe probe = bucket(request.remoteAddress()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long nanos = probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1;
      String seconds = Long.toString(TimeUnit.NANOSECONDS.toSeconds(nanos));
      throw new HttpError(429, "too many requests", Map.of("Retry-After", seconds));
    }
    next.handle(request, response);
  }

  private Bucket bucket(String address) {
    synchronized (buckets) {
      Bucket bucket = buckets.computeIfAbsent(address, _ -> newBucket());
      if (buckets.size() > maxAddresses) {
        buckets.remove(buckets.firstEntry().getKey());
      }
      return bucket;
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(clock)
        .build();
  }

  int addresses() {
    synchronized (buckets) {
      return buckets.size();
    }
  }
}
