package org.incipit.server.http.middleware;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Answers requests of an address that sends too many with 429 and {@code Retry-After}. IPv6
 * addresses with the first 64 bits in common count as one: so many is the least that anybody has.
 * Addresses that have not been seen for longest are forgotten when there are too many. Behind a
 * proxy all requests have its address.
 */
public final class RateLimit implements Middleware {
  private static final int NETWORK_BYTES = 8;

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
    ConsumptionProbe probe =
        bucket(client(request.remoteAddress())).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long nanos = probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1;
      String seconds = Long.toString(TimeUnit.NANOSECONDS.toSeconds(nanos));
      throw new HttpError(429, "too many requests", Map.of("Retry-After", seconds));
    }
    next.handle(request, response);
  }

  /** Whom an address belongs to. */
  static String client(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    byte[] bytes =
        InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)).getAddress();
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
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
