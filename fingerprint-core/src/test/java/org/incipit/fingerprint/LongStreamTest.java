package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Streams without an end: {@code -Dtests.streamSeconds=86400} feeds a whole day (8.3 thousand
 * million samples; wants {@code -Xmx6g}), the normal run ten minutes.
 */
class LongStreamTest {
  private static final int RATE = 48_000;
  private static final int SECONDS = Integer.getInteger("tests.streamSeconds", 600);

  @Test
  void aLongStreamGivesWhatOneOfflinePassGives() {
    long seed = Long.getLong("tests.seed", 1);
    // A prime number of frames, so that the loop never falls into step with anything.
    int loopFrames = 3_499_999;
    short[] loop = SyntheticAudio.interleaved(loopFrames, RATE, 2);
    short[] mono = new short[loopFrames];
    for (int i = 0; i < loopFrames; i++) {
      mono[i] = (short) ((loop[2 * i] + loop[2 * i + 1]) / 2);
    }
    long frames = (long) SECONDS * RATE;
    int[] expected = OfflinePass.items(OfflinePass.resample(mono, frames, RATE));
    int[] received = new int[expected.length + 1];
    int[] count = new int[1];
    Fingerprinter fingerprinter =
        new Fingerprinter(Algorithm.TEST2, item -> received[count[0]++] = item);
    fingerprinter.start(RATE, 2);
    Random random = new Random(seed);
    for (long fed = 0; fed < frames; ) {
      int at = (int) (fed % loopFrames);
      int n = (int) Math.min(Math.min(1 + random.nextInt(9000), loopFrames - at), frames - fed);
      fingerprinter.feed(loop, 2 * at, 2 * n);
      fed += n;
    }
    fingerprinter.finish();
    assertTrue(count[0] > SECONDS * 8, count[0] + " items, seed " + seed);
    assertArrayEquals(expected, Arrays.copyOf(received, count[0]), "seed " + seed);
  }
}
