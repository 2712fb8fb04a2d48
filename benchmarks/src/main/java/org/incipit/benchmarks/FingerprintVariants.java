package org.incipit.benchmarks;

import java.util.Random;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.Fingerprinter;

/**
 * Fingerprints of one recording as different encoders leave them: every fourth item has a bit
 * wrong.
 */
final class FingerprintVariants {
  private FingerprintVariants() {}

  /** So many of 120 s (948 items), the first undamaged; many, lest the CPU learn one by heart. */
  static Fingerprint[] of(int count) {
    short[] audio = TestSignal.interleaved(120, Algorithm.SAMPLE_RATE, 1);
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    fingerprinter.start(Algorithm.SAMPLE_RATE, 1);
    fingerprinter.feed(audio, 0, audio.length);
    Fingerprint[] variants = new Fingerprint[count];
    variants[0] = fingerprinter.finish();
    Random random = new Random(20261122);
    for (int i = 1; i < count; i++) {
      int[] items = variants[0].toArray();
      for (int k = 0; k < items.length; k++) {
        items[k] ^= random.nextInt(4) == 0 ? 1 << random.nextInt(32) : 0;
      }
      variants[i] = Fingerprint.of(Algorithm.DEFAULT, items);
    }
    return variants;
  }
}
