package org.incipit.fingerprint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GaussianFilterTest {
  private static final float[] SIGNAL = {1, 2, 4};

  @Test
  void knownSmoothingsComeOut() {
    assertArrayEquals(
        new float[] {1.88888889f, 2.33333333f, 2.77777778f},
        new GaussianFilter(1.6, 3).apply(SIGNAL),
        1e-5f);
    assertArrayEquals(
        new float[] {2.3322449f, 2.33306122f, 2.33469388f},
        new GaussianFilter(3.6, 4).apply(SIGNAL),
        1e-5f);
  }

  @Test
  void theSignalIsLeftAlone() {
    float[] signal = SIGNAL.clone();
    new GaussianFilter(8.0, 3).apply(signal);
    assertArrayEquals(SIGNAL, signal);
  }

  @Test
  void anImpulseSpreadsWithTheVarianceAsked() {
    float[] impulse = new float[201];
    impulse[100] = 1;
    float[] spread = new GaussianFilter(8.0, 3).apply(impulse);
    double sum = 0;
    double mean = 0;
    double variance = 0;
    for (int k = 0; k < spread.length; k++) {
      sum += spread[k];
      mean += k * spread[k];
      variance += (k - 100.0) * (k - 100.0) * spread[k];
    }
    assertEquals(1, sum, 1e-5);
    assertEquals(100, mean, 1e-3);
    // Boxes of 15, 15 and 17: (224 + 224 + 288) / 12.
    assertEquals(736 / 12.0, variance, 0.01);
  }

  @Test
  void nothingComesOfNothing() {
    assertArrayEquals(new float[0], new GaussianFilter(8.0, 3).apply(new float[0]));
  }
}
