package org.incipit.server.index;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Keeps the metadata of an index so short that it can always be written with the manifest, which is
 * done at every checkpoint. Counted are the bytes of keys and values in UTF-8, and {@value
 * #ENTRY_BYTES} for each entry.
 */
final class MetadataRoom {
  /** 16 MiB. */
  static final long MOST_BYTES = 16 << 20;

  private static final int ENTRY_BYTES = 8;

  private final AtomicLong underWay = new AtomicLong();

  /**
   * Makes room for entries that are going to be committed.
   *
   * @param present metadata of what is committed, asked for once
   * @return to be released when they are committed, or will not be
   */
  long reserve(Map<String, String> entries, Supplier<Map<String, String>> present)
      throws MetadataLimitException {
    long more = bytes(entries);
    // Before the others are looked at: of two that come together at least one counts both.
    long all = underWay.addAndGet(more);
    boolean fits = false;
    try {
      for (Map.Entry<String, String> entry : present.get().entrySet()) {
        if (!entries.containsKey(entry.getKey())) {
          all += bytes(entry);
        }
      }
      if (all > MOST_BYTES) {
        throw new MetadataLimitException(all);
      }
      fits = true;
      return more;
    } finally {
      if (!fits) {
        underWay.addAndGet(-more);
      }
    }
  }

  void release(long bytes) {
    underWay.addAndGet(-bytes);
  }

  private static long bytes(Map<String, String> entries) {
    return entries.entrySet().stream().mapToLong(MetadataRoom::bytes).sum();
  }

  private static long bytes(Map.Entry<String, String> entry) {
    return (long) ENTRY_BYTES + length(entry.getKey()) + length(entry.getValue());
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
