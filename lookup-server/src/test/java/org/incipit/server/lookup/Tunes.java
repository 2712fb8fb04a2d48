package org.incipit.server.lookup;

import java.util.Arrays;
import java.util.Random;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;

/** Made-up fingerprints that behave like those of music: neighbours share most of their bits. */
public final class Tunes {
  private Tunes() {}

  /** A tune by its number, of so many items, eight of them a second. */
  public static Fingerprint tune(long number, int items) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L + 1);
    int[] tune = new int[items];
    int item = random.nextInt();
    for (int i = 0; i < items; i++) {
      item = i % 4 == 0 ? random.nextInt() : item ^ 1 << random.nextInt(32) ^ 1 << (i % 32);
      tune[i] = item;
    }
    return of(tune);
  }

  /**
   * The same recording in worse quality: so many percent of all bits are wrong, and one item in
   * four is right.
   */
  public static Fingerprint worse(Fingerprint tune, int percent, long seed) {
    Random random = new Random(seed);
    int[] items = tune.toArray();
    for (int i = 0; i < items.length; i++) {
      for (int bit = 0; i % 4 > 0 && bit < 32; bit++) {
        items[i] ^= random.nextInt(300) < percent * 4 ? 1 << bit : 0;
      }
    }
    return of(items);
  }

  /** The same recording without its beginning. */
  public static Fingerprint without(Fingerprint tune, int items) {
    return of(Arrays.copyOfRange(tune.toArray(), items, tune.size()));
  }

  /** A fingerprint that AcoustID would take. */
  public static Fingerprint of(int... items) {
    return Fingerprint.of(Algorithm.TEST2, items);
  }
}
