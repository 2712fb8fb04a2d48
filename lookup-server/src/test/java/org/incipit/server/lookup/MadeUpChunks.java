package org.incipit.server.lookup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;

/** Chunks of fingerprints that pass for read. */
final class MadeUpChunks implements FingerprintChunks {
  private final ArrayDeque<StoredFingerprint> rest;
  private final long chunkBytes;
  private final List<Integer> sizes = new ArrayList<>();

  MadeUpChunks(Collection<StoredFingerprint> all, long chunkBytes) {
    rest = new ArrayDeque<>(all);
    this.chunkBytes = chunkBytes;
  }

  @Override
  public boolean hasNext() {
    return !rest.isEmpty();
  }

  @Override
  public Optional<Map<Long, StoredFingerprint>> nextInMemory() {
    return Optional.empty();
  }

  @Override
  public Map<Long, StoredFingerprint> next() {
    Map<Long, StoredFingerprint> chunk = new HashMap<>();
    for (long bytes = 0; bytes < chunkBytes && !rest.isEmpty(); ) {
      StoredFingerprint next = rest.remove();
      chunk.put(next.id(), next);
      bytes += (long) Integer.BYTES * next.fingerprint().size();
    }
    sizes.add(chunk.size());
    return chunk;
  }

  /** How many each chunk had. */
  List<Integer> sizes() {
    return sizes;
  }
}
