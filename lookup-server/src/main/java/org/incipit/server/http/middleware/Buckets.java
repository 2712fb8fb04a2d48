package org.incipit.server.http.middleware;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A bucket of tokens for each key: full at first, filled steadily. Keys that were not asked for
 * since longest are forgotten when there are too many. Any number of threads.
 */
public final class Buckets {
  private static final int NETWORK_BYTES = 8;

  private final long capacity;
  private final long perSecond;
  private final int maxKeys;
  private final TimeMeter clock;
  private final LinkedHashMap<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

  /**
   * None yet.
   *
   * @param capacity tokens at once, after a pause
   * @param perSecond tokens in the long run
   * @param maxKeys that are remembered, of some hundred bytes each
   */
  public Buckets(long capacity, long perSecond, int maxKeys) {
    this(capacity, perSecond, maxKeys, TimeMeter.SYSTEM_NANOTIME);
  }

  Buckets(long capacity, long perSecond, int maxKeys, TimeMeter clock) {
    if (maxKeys < 1) {
      throw new IllegalArgumentException("maxKeys must be positive (got " + maxKeys + ")");
    }
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.maxKeys = maxKeys;
    this.clock = clock;
    newBucket();
  }

  /**
   * Takes a token.
   *
   * @return 0 if there was one; otherwise whole seconds until there is one
   */
  public long take(String key) {
    ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return 0;
    }
    long nanos = probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1;
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos));
  }

  /** Puts back a token that was taken, but not used. */
  public void putBack(String key) {
    bucket(key).addTokens(1);
  }

  /**
   * Whom an address belongs to: IPv6 addresses with the first 64 bits in common are one's, since so
   * many is the least that anybody has.
   */
  public static String ownerOf(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    byte[] bytes =
        InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)).getAddress();
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }

  private Bucket bucket(String key) {
    synchronized (buckets) {
      Bucket bucket = buckets.computeIfAbsent(key, _ -> newBucket());
      if (buckets.size() > maxKeys) {
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

  int keys() {
    synchronized (buckets) {
      return buckets.size();
    }
  }
}
