package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest {
  private static final int MAX_OUTPUTS = 1024;

  @ParameterizedTest
  @ValueSource(ints = {11025, 22050, 33075, 44100, 88200, 110250, 176400})
  void stridesGiveTheScalarProducts(int rate) {
    assertTrue(StridedConvolution.suits(rate));
    ResamplerFilter filter = new ResamplerFilter(rate);
    assertScalarProducts(rate, filter, new StridedConvolution(rate, filter, MAX_OUTPUTS));
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 8000, 12000, 16000, 24000, 32000, 37800, 48000, 64000, 96000})
  void periodsGiveTheScalarProducts(int rate) {
    assertTrue(PeriodicConvolution.suits(rate));
    ResamplerFilter filter = new ResamplerFilter(rate);
    assertScalarProducts(rate, filter, new PeriodicConvolution(rate, filter));
  }

  @Test
  void anyOtherRateIsConvolvedOneByOne() {
    for (int rate : new int[] {1001, 8003, 11024, 44056, 192000, 187425 + 11025, 8_388_607}) {
      assertFalse(StridedConvolution.suits(rate) || PeriodicConvolution.suits(rate), rate + " Hz");
    }
  }

  private static void assertScalarProducts(int rate, ResamplerFilter filter, Convolution tested) {
    Random random = new Random(Noise.SEED);
    int span = (int) ((long) MAX_OUTPUTS * rate / Resampler.OUTPUT_RATE) + 1;
    short[] samples = Noise.samples(random, 10 + span + filter.taps);
    short[] window = Arrays.copyOf(samples, samples.length + Convolution.OVERREAD);
    Convolution plain = new PhasedConvolution(filter, window.length);
    OutputPosition expectedPosition = new OutputPosition(rate);
    OutputPosition position = new OutputPosition(rate);
    int[] expected = new int[MAX_OUTPUTS];
    int[] sums = new int[MAX_OUTPUTS];
    for (int count : new int[] {1, 2, 3, 15, 16, 17, 100, 511, 512, 513, MAX_OUTPUTS, 7, 300}) {
      // What lies beyond the samples that matter must not matter.
      Arrays.fill(window, samples.length, window.length, (short) random.nextInt());
      plain.convolve(window, expectedPosition, expected, count);
      tested.convolve(window, position, sums, count);
      String what = rate + " Hz, " + count + " outputs, seed " + Noise.SEED;
      assertArrayEquals(Arrays.copyOf(expected, count), Arrays.copyOf(sums, count), what);
      assertEquals(expectedPosition.sample(), position.sample(), what);
      assertEquals(expectedPosition.phase(), position.phase(), what);
      assertEquals(expectedPosition.ordinal(), position.ordinal(), what);
      int offset = random.nextInt(10);
      expectedPosition.rebase(expectedPosition.sample() - offset);
      position.rebase(position.sample() - offset);
    }
  }
}
