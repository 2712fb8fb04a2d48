package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SilenceRemoverTest {
  @Test
  void withoutAThresholdALoudStreamPassesWhole() {
    short[] samples = {1000, 2000, 3000, 4000, 5000, 6000};
    assertArrayEquals(samples, passed(0, samples));
  }

  @Test
  void onlyTheBeginningIsRemoved() {
    short[] samples = {0, 60, 0, 1000, 2000, 0, 4000, 5000, 0};
    assertArrayEquals(new short[] {1000, 2000, 0, 4000, 5000, 0}, passed(100, samples));
  }

  @Test
  void theMeanIsThatOfTheSamplesSoFarAndMustBeAboveTheThreshold() {
    assertArrayEquals(new short[] {}, passed(50, new short[] {50, -50, 50}));
    assertArrayEquals(new short[] {51}, passed(50, new short[] {51}));
    assertArrayEquals(new short[] {-51}, passed(50, new short[] {-51}));
    // (0 + 103) / 2 is 51, (0 + 101) / 2 is 50.
    assertArrayEquals(new short[] {103}, passed(50, new short[] {0, 103}));
    assertArrayEquals(new short[] {}, passed(50, new short[] {0, 101}));
  }

  @Test
  void theMeanSpansFiftyFiveSamples() {
    // Among 55 samples a lone one of 2804 has the mean 50, one of 2805 the mean 51.
    assertEquals(0, passed(50, lateSample(2804)).length);
    assertEquals(1, passed(50, lateSample(2805)).length);
    // What has left the window does not count: were these two both in it, the mean would be 51.
    short[] apart = lateSample(2800);
    short[] twice = Arrays.copyOf(apart, 2 * apart.length);
    System.arraycopy(apart, 0, twice, apart.length, apart.length);
    assertEquals(0, passed(50, twice).length);
  }

  private static short[] lateSample(int value) {
    short[] samples = new short[200];
    samples[199] = (short) value;
    return samples;
  }

  @Test
  void theLowestSampleCountsAsItselfAsInTheOriginal() {
    assertArrayEquals(new short[] {}, passed(50, new short[] {-32768, -32768}));
    assertArrayEquals(new short[] {-32767}, passed(50, new short[] {-32767}));
  }

  @Test
  void theCuttingOfTheInputDoesNotMatter() {
    Random random = new Random(Noise.SEED);
    short[] samples = new short[5000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (random.nextGaussian() * i / 30);
    }
    short[] whole = passed(50, samples);
    for (int piece : new int[] {1, 2, 54, 55, 56, 997}) {
      CollectingSink sink = new CollectingSink();
      SilenceRemover remover = new SilenceRemover(50, sink);
      for (int at = 0; at < samples.length; at += piece) {
        remover.pcm(samples, at, Math.min(piece, samples.length - at));
      }
      assertArrayEquals(whole, sink.all(), "pieces of " + piece + ", seed " + Noise.SEED);
    }
  }

  @Test
  void silenceIsRemovedFromEveryStream() {
    CollectingSink sink = new CollectingSink();
    SilenceRemover remover = new SilenceRemover(50, sink);
    for (int stream = 0; stream < 3; stream++) {
      remover.reset();
      // Were the last stream's loud end still in the mean, this would begin at once.
      remover.pcm(new short[] {10, 10, 20_000, 0, 20_000}, 0, 5);
      assertEquals(3 * (stream + 1), sink.size());
    }
  }

  private static short[] passed(int threshold, short[] samples) {
    CollectingSink sink = new CollectingSink();
    new SilenceRemover(threshold, sink).pcm(samples, 0, samples.length);
    return sink.all();
  }
}
