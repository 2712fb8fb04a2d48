package org.incipit.fingerprint.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HammingWindowTest {
  @Test
  void aFrameOfFullScaleBecomesTheWindowItself() {
    double[] expected = {
      0.08, 0.187619556165, 0.460121838273, 0.77, 0.972258605562,
      0.972258605562, 0.77, 0.460121838273, 0.187619556165, 0.08
    };
    double[] window = HammingWindow.coefficients(10);
    assertArrayEquals(expected, Arrays.stream(window).map(w -> w * 32767).toArray(), 1e-12);
  }

  @Test
  void itIsSymmetrical() {
    double[] window = HammingWindow.coefficients(4096);
    for (int i = 0; i < 4096; i++) {
      assertEquals(window[i], window[4095 - i], 1e-19);
    }
  }
}
