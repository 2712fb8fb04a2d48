package org.incipit.fingerprint.pcm;

import java.util.Random;

/** Random 16-bit samples that reach and stay at full scale now and then, so that sums are cut. */
final class Noise {
  static final long SEED = Long.getLong("tests.seed", 20261122);

  private Noise() {}

  static short[] samples(Random random, int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; ) {
      int run = 1 + random.nextInt(60);
      int kind = random.nextInt(4);
      for (; run > 0 && i < count; run--, i++) {
        samples[i] =
            switch (kind) {
              case 0 -> Short.MIN_VALUE;
              case 1 -> Short.MAX_VALUE;
              default -> (short) random.nextInt();
            };
      }
    }
    return samples;
  }
}
