package org.incipit.server.acoustid;

import org.incipit.server.http.middleware.Buckets;
import org.jspecify.annotations.Nullable;

/**
 * How much may be asked: by an address, by an application, by all together. Who has paused may ask
 * as much at once as otherwise in 20 seconds.
 */
final class RateLimits {
  private static final int BURST_SECONDS = 20;
  private static final int MAX_KEYS = 10_000;

  private final Limit client;
  private final Limit application;
  private final Limit service;

  RateLimits(AcoustidConfig config) {
    client = Limit.of(config.clientRate());
    application = Limit.of(config.applicationRate());
    service = Limit.of(config.serviceRate());
  }

  /**
   * One of them.
   *
   * @param buckets null if there is no limit
   */
  private record Limit(int perSecond, @Nullable Buckets buckets) {
    static Limit of(int perSecond) {
      long burst = (long) BURST_SECONDS * perSecond;
      return new Limit(perSecond, perSecond == 0 ? null : new Buckets(burst, perSecond, MAX_KEYS));
    }

    void take(String key) throws ApiError {
      long seconds = buckets == null ? 0 : buckets.take(key);
      if (seconds > 0) {
        throw ApiError.tooMany(perSecond, seconds);
      }
    }

    void putBack(String key) {
      if (buckets != null) {
        buckets.putBack(key);
      }
    }
  }

  /**
   * Counts a request of an address.
   *
   * @throws ApiError 14
   */
  void charge(String address) throws ApiError {
    if (client.buckets() != null) {
      client.take(Buckets.ownerOf(address));
    }
  }

  /**
   * Counts it as the application's and among all, and lets it through; if it is refused, as
   * neither.
   *
   * @param key of the application; null if none was needed
   * @throws ApiError 14
   */
  void admit(@Nullable String key) throws ApiError {
    if (key != null) {
      application.take(key);
    }
    try {
      service.take("");
    } catch (ApiError e) {
      if (key != null) {
        application.putBack(key);
      }
      throw e;
    }
  }
}
