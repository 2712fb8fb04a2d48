package org.incipit.server.intake;

import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.lookup.Tunes;

/** Versions of a tune whose scores are known exactly. */
final class Versions {
  private Versions() {}

  /**
   * A version of which so many of 128 bits are other ones, those of smaller versions among them; so
   * two of them score {@code 1 - |k1 - k2| / 64}. A quarter of the items is always the same.
   */
  static Fingerprint version(Fingerprint tune, int bits) {
    int[] items = tune.toArray();
    for (int i = 0; i + 3 < items.length; i += 4) {
      for (int bit = 0; bit < bits; bit++) {
        items[i + 1 + bit % 3] ^= 1 << bit / 3;
      }
    }
    return Tunes.of(items);
  }
}
