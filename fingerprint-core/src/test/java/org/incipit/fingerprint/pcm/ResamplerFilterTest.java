package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerFilterTest {
  @ParameterizedTest
  @CsvSource({
    "1001, 16",
    "8000, 16",
    "8820, 16",
    "11025, 20",
    "22050, 40",
    "32000, 59",
    "44100, 80",
    "48000, 88",
    "96000, 175",
    "192000, 349"
  })
  void theFilterIsAsLongAsTheRateAsksFor(int rate, int taps) {
    ResamplerFilter filter = new ResamplerFilter(rate);
    assertEquals(taps, filter.taps);
    assertEquals((taps - 1) / 2, filter.center);
  }

  @Test
  void theCoefficientsFor44100HzAreThoseOfTheOriginal() {
    int[] half = {
      0, -1, -2, -2, 0, 4, 8, 11, 9, 0, -16, -32, -41, -31, 0, 47, 93, 112, 83, 0, -117, -223, -262,
      -189, 0, 256, 482, 560, 402, 0, -548, -1045, -1243, -928, 0, 1469, 3229, 4908, 6115, 6554
    };
    int[] phase = new ResamplerFilter(44100).phase(0);
    assertEquals(80, phase.length);
    assertArrayEquals(half, Arrays.copyOf(phase, 40));
    for (int i = 1; i <= 39; i++) {
      assertEquals(phase[39 - i], phase[39 + i], "tap " + i + " from the middle");
    }
    assertEquals(32770, Arrays.stream(phase).sum());
  }

  @ParameterizedTest
  @CsvSource({"44100, 1", "22050, 1", "48000, 147", "8000, 256", "44056, 256"})
  void onlyThePhasesThatOccurAreDesigned(int rate, int phases) {
    ResamplerFilter filter = new ResamplerFilter(rate);
    int designed = 0;
    for (int phase = 0; phase < ResamplerFilter.PHASES; phase++) {
      int length = filter.phase(phase).length;
      if (length > 0) {
        assertEquals(filter.taps, length);
        assertEquals(32768, Arrays.stream(filter.phase(phase)).sum(), 30, "phase " + phase);
        designed++;
      }
    }
    assertEquals(phases, designed);
  }
}
