package org.incipit.server.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints that were asked for lately and often. Nothing is taken out because it has changed: a
 * stored fingerprint keeps its hashes and its track for good, unless the whole history is undone.
 * Thread-safe.
 */
final class FingerprintCache {
  /** Bytes of a fingerprint beside its hashes: three objects, an array, an entry with its key. */
  private static final int OVERHEAD = 256;

  private final long maxBytes;
  private final ConcurrentStatsCounter stats = new ConcurrentStatsCounter();
  private volatile Generation generation;

  /**
   * Empty.
   *
   * @param maxBytes of heap, about; 0 keeps nothing
   */
  FingerprintCache(long maxBytes) {
    this.maxBytes = maxBytes;
    generation = new Generation(empty());
  }

  private Cache<Long, StoredFingerprint> empty() {
    return Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher(FingerprintCache::bytes)
        .executor(Runnable::run)
        .recordStats(() -> stats)
        .build();
  }

  /**
   * What is kept until the next {@link FingerprintCache#forget}. Who reads asks for it before, so
   * that nothing that was read before it is kept after it.
   */
  static final class Generation {
    private final Cache<Long, StoredFingerprint> cache;

    private Generation(Cache<Long, StoredFingerprint> cache) {
      this.cache = cache;
    }

    /** One, if it is in memory. */
    @Nullable StoredFingerprint get(long id) {
      return cache.getIfPresent(id);
    }

    /** The same; it counts as no use. */
    @Nullable StoredFingerprint peek(long id) {
      return cache.policy().getIfPresentQuietly(id);
    }

    void put(StoredFingerprint fingerprint) {
      cache.put(fingerprint.id(), fingerprint);
    }
  }

  Generation now() {
    return generation;
  }

  /** Is empty again. */
  void forget() {
    generation = new Generation(empty());
  }

  CacheCounts counts() {
    CacheStats counted = stats.snapshot();
    return new CacheCounts(
        counted.hitCount(),
        counted.missCount(),
        generation.cache.policy().eviction().orElseThrow().weightedSize().orElse(0));
  }

  private static int bytes(Long id, StoredFingerprint fingerprint) {
    return OVERHEAD + Integer.BYTES * fingerprint.fingerprint().size();
  }
}
