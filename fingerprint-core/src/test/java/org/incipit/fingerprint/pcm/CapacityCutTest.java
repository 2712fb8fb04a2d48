package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.StringJoiner;
import org.incipit.fingerprint.Algorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityCutTest {
  /**
   * Lengths fed, with a finish after each; the sizes of libchromaprint 1.5.1's fingerprint then.
   */
  @ParameterizedTest
  @CsvSource({
    "8000, 240000, 219",
    "8000, 240000 100000, 219 315",
    "8000, 30000 30000 30000 30000 30000 30000, 3 39 63 100 124 160",
    "8000, 24000 1 1 1, 3 3 3 3",
    "1001, 30000 0 0 0, 3 27 51 75",
    "1001, 40040 1 1 1 30030, 75 99 123 147 315",
    "3000, 90000 1 90000, 171 195 411",
    "6000, 123456 1, 145 145",
    "11024, 330720 1, 221 221",
    "44100, 120160, 0",
    "44100, 120161, 1",
    "48000, 130000 700000, 0 118",
    "96000, 960000, 59"
  })
  void theOutputIsCutAsTheOriginalCutsIt(int rate, String lengths, String sizes) {
    CapacityCut cut = new CapacityCut(rate, new ResamplerFilter(rate));
    cut.reset();
    StringJoiner found = new StringJoiner(" ");
    long fed = 0;
    for (String length : lengths.split(" ")) {
      fed += Long.parseLong(length);
      cut.fed(fed);
      cut.finish(fed);
      found.add(Long.toString(Algorithm.TEST2.itemCount(cut.outputs())));
    }
    assertEquals(sizes, found.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 8000, 44100, 192000, 8_388_607})
  void aDayOfAudioIsCountedExactly(int rate) {
    ResamplerFilter filter = new ResamplerFilter(rate);
    CapacityCut cut = new CapacityCut(rate, filter);
    cut.reset();
    long fed = 86_400L * rate;
    cut.fed(fed);
    // The lowest rate needs eleven conversions to put out all of a full buffer.
    for (int i = 0; i < 11; i++) {
      cut.finish(fed);
    }
    BigInteger distance =
        BigInteger.valueOf(fed - filter.taps + filter.center + 1)
            .multiply(BigInteger.valueOf(Resampler.OUTPUT_RATE));
    BigInteger[] quotient = distance.divideAndRemainder(BigInteger.valueOf(rate));
    long expected = quotient[0].longValueExact() + quotient[1].signum();
    assertEquals(expected, cut.outputs());
  }
}
