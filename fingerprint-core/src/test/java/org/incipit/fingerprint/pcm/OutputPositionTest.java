package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPositionTest {
  @ParameterizedTest
  @ValueSource(ints = {1001, 8000, 11025, 44056, 44100, 48000, 192000, 8_388_607})
  void anyNumberOfOutputsIsPassedOverAtOnce(int rate) {
    OutputPosition single = new OutputPosition(rate);
    OutputPosition several = new OutputPosition(rate);
    for (int count : new int[] {1, 2, 146, 147, 148, 5, 1024, 32}) {
      int ahead = several.sampleAfter(count);
      several.advance(count);
      for (int i = 0; i < count; i++) {
        single.advance();
      }
      assertEquals(ahead, several.sample());
      assertEquals(single.sample(), several.sample());
      assertEquals(single.phase(), several.phase());
      assertEquals(single.ordinal(), several.ordinal());
      several.rebase(several.sample());
      single.rebase(single.sample());
      assertEquals(0, several.sample());
      assertEquals(single.phase(), several.phase());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 8000, 11025, 44056, 44100, 48000, 192000})
  void theOutputsBelowALimitAreThoseThatAdvancingPasses(int rate) {
    OutputPosition position = new OutputPosition(rate);
    position.advance(100);
    position.rebase(position.sample());
    for (int limit = -3; limit < 300; limit++) {
      OutputPosition walker = new OutputPosition(rate);
      walker.advance(100);
      walker.rebase(walker.sample());
      int passed = 0;
      for (; walker.sample() < limit; walker.advance()) {
        passed++;
      }
      assertEquals(passed, position.outputsBelow(limit), "below " + limit);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 44056, 48000, 192000})
  void phasesAndStepsRepeatAfterAPeriod(int rate) {
    OutputPosition first = new OutputPosition(rate);
    OutputPosition second = new OutputPosition(rate);
    second.advance(first.period());
    int distance = second.sample();
    assertEquals((long) first.period() * rate, (long) distance * Resampler.OUTPUT_RATE);
    for (int i = 0; i < first.period(); i++) {
      assertEquals(i, first.ordinal());
      assertEquals(i, second.ordinal());
      assertEquals(first.phase(), second.phase());
      assertEquals(first.sample() + distance, second.sample());
      first.advance();
      second.advance();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 44056, 48000, 192000, 8_388_607})
  void daysOfOutputsEndExactlyWhereTheyShould(int rate) {
    OutputPosition position = new OutputPosition(rate);
    long outputs = 0;
    long samples = 0;
    for (int i = 0; i < 1_000_000; i++) {
      int count = 1 + i % 5000;
      position.advance(count);
      outputs += count;
      samples += position.sample();
      position.rebase(position.sample());
    }
    BigInteger index =
        BigInteger.valueOf(outputs)
            .multiply(BigInteger.valueOf(256L * rate))
            .divide(BigInteger.valueOf(Resampler.OUTPUT_RATE));
    assertEquals(index.longValueExact(), samples * 256 + position.phase());
  }
}
