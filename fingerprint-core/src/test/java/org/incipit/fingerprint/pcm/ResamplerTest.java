package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  private final CollectingSink output = new CollectingSink();
  private final Resampler resampler = new Resampler(output);
  private final Random random = new Random(Noise.SEED);

  @ParameterizedTest
  @ValueSource(
      ints = {
        1001, 1500, 4000, 8000, 8820, 8821, 11024, 11025, 11026, 12000, 16000, 22050, 24000, 32000,
        33075, 37800, 44056, 44100, 48000, 64000, 88200, 96000, 99225, 99226, 176400, 192000, 220500
      })
  void streamsOfAnyLengthAreResampledAsTheOriginalDoes(int rate) {
    int taps = new BlockwiseResampler(rate).taps();
    int[] lengths = {
      0, 1, 2, 5, taps / 2, taps - 1, taps, taps + 1, 2 * taps, 997, 4096, 32767, 32768, 32769,
      65536, 100_000
    };
    for (int length : lengths) {
      assertAsTheOriginal(rate, length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 8000, 11024, 22050, 44056, 44100, 48000, 96000, 192000})
  void feedingGoesOnAfterFinishAsInTheOriginal(int rate) {
    for (int round = 0; round < 20; round++) {
      int[] lengths = new int[2 + random.nextInt(4)];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = random.nextInt(round % 2 == 0 ? 200 : 50_000);
      }
      assertAsTheOriginal(rate, lengths);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_003, 8_388_607})
  void theHighestRatesAreResampledToo(int rate) {
    assertAsTheOriginal(rate, 1, 70_000);
  }

  /** Pieces of these lengths, cut at random, with a finish after each of them. */
  private void assertAsTheOriginal(int rate, int... lengths) {
    String what = rate + " Hz, " + Arrays.toString(lengths) + ", seed " + Noise.SEED;
    BlockwiseResampler original = new BlockwiseResampler(rate);
    int before = output.size();
    resampler.start(rate);
    for (int length : lengths) {
      short[] samples = Noise.samples(random, length);
      original.feed(samples);
      original.finish();
      feedCut(samples, 1 + random.nextInt(random.nextBoolean() ? 50 : 20_000));
      resampler.finish();

      int expected = original.output().size();
      assertEquals(expected, resampler.originalOutputs(), what);
      assertEquals(output.size() - before, resampler.outputs(), what);
      assertTrue(resampler.outputs() >= expected, what);
      assertTrue(resampler.outputs() == expected || rate < Resampler.OUTPUT_RATE, what);
      assertArrayEquals(original.output().all(), output.range(before, before + expected), what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 22050, 44056, 44100, 48000, 96000})
  void theOutputDoesNotDependOnTheCuttingOfTheInput(int rate) {
    short[] samples = Noise.samples(random, 3 * rate);
    resampler.start(rate);
    resampler.pcm(samples, 0, samples.length);
    short[] whole = output.all();
    for (int piece : new int[] {1, 2, 3, 5, 7, 17, 64, 511, 997, 4096, 4097, 30_000}) {
      int before = output.size();
      resampler.start(rate);
      for (int at = 0; at < samples.length; at += piece) {
        resampler.pcm(samples, at, Math.min(piece, samples.length - at));
      }
      assertArrayEquals(whole, output.from(before), "pieces of " + piece + ", seed " + Noise.SEED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 8000, 22050, 44056, 44100, 48000, 192000})
  void anOutputComesWithTheLastSampleItNeeds(int rate) {
    BlockwiseResampler original = new BlockwiseResampler(rate);
    int center = (original.taps() - 1) / 2;
    short[] one = new short[1];
    resampler.start(rate);
    for (long fed = 1; fed < 3000; fed++) {
      resampler.pcm(one, 0, 1);
      long due = 0;
      while (due * rate / Resampler.OUTPUT_RATE - center + original.taps() <= fed) {
        due++;
        if (due > resampler.outputs()) {
          break;
        }
      }
      assertEquals(due, resampler.outputs(), "after " + fed + " samples");
    }
  }

  @Test
  void aSingleSampleGivesTheWholeHead() {
    resampler.start(44100);
    resampler.pcm(new short[] {1000}, 0, 1);
    assertEquals(0, output.size());
    resampler.finish();
    short[] head = new short[10];
    Arrays.fill(head, (short) 1000);
    assertArrayEquals(head, output.all());
  }

  @Test
  void nothingFedGivesNothing() {
    resampler.start(44100);
    resampler.finish();
    assertEquals(0, output.size());
    assertEquals(0, resampler.originalOutputs());
  }

  @Test
  void aConstantStaysConstant() {
    for (int rate : new int[] {8000, 16000, 22050, 44100, 48000, 96000}) {
      CollectingSink constant = new CollectingSink();
      Resampler fresh = new Resampler(constant);
      fresh.start(rate);
      short[] samples = new short[rate];
      Arrays.fill(samples, (short) 12345);
      fresh.pcm(samples, 0, samples.length);
      assertTrue(constant.size() > 10_900);
      for (short sample : constant.all()) {
        // The coefficients of a phase are rounded, and do not add up to exactly 32768.
        assertEquals(12345, sample, 10, rate + " Hz");
      }
    }
  }

  @Test
  void aStreamLeavesNothingToTheNext() {
    short[] samples = Noise.samples(random, 20_000);
    resampler.start(44100);
    resampler.pcm(samples, 0, samples.length);
    short[] expected = output.all();
    for (int rate : new int[] {44100, 8000, 44100}) {
      int before = output.size();
      resampler.start(rate);
      resampler.pcm(samples, 0, samples.length);
      resampler.finish();
      if (rate == 44100) {
        assertArrayEquals(expected, output.from(before));
      }
    }
  }

  @Test
  void ratesOutOfRangeAreRefused() {
    for (int rate : new int[] {Integer.MIN_VALUE, 0, 1000, 8_388_608, Integer.MAX_VALUE}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> resampler.start(rate)).getMessage();
      assertEquals("sampleRate must be 1001..8388607 Hz (got " + rate + ")", message);
    }
    assertThrows(IllegalStateException.class, () -> resampler.pcm(new short[1], 0, 1));
  }

  private void feedCut(short[] samples, int longest) {
    for (int at = 0; at < samples.length; ) {
      int count = Math.min(1 + random.nextInt(longest), samples.length - at);
      resampler.pcm(samples, at, count);
      at += count;
    }
  }
}
