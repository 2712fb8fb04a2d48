package org.incipit.fingerprint.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.incipit.fingerprint.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  /** Of the highest power in the frame. */
  private static final double TOLERANCE = 1e-13;

  private interface Engine {
    RealFft build(int frameSize, int firstBin, int endBin);
  }

  private enum Engines {
    VECTORISED(RealFft::vectorised),
    JTRANSFORMS(RealFft::jtransforms);

    final Engine engine;

    Engines(Engine engine) {
      this.engine = engine;
    }

    RealFft ofAllBins(int frameSize) {
      return engine.build(frameSize, 0, frameSize / 2 + 1);
    }

    RealFft ofTheMusicalRange(int frameSize) {
      return engine.build(frameSize, firstBin(frameSize), endBin(frameSize));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyBinOfEveryFrameIsThatOfTheDefinition(Engines engine) {
    for (int frameSize : new int[] {2048, 4096}) {
      PlainDft definition = new PlainDft(frameSize);
      RealFft fft = engine.ofAllBins(frameSize);
      double[] power = new double[frameSize / 2 + 1];
      for (TestFrame frame : TestFrame.values()) {
        short[] samples = frame.samples(frameSize, SEED);
        double[] expected = definition.power(samples, 0);
        fft.power(samples, 0, power);
        assertClose(expected, power, 0, power.length, frame + " of " + frameSize);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheBinsAskedForNeedToBeRight(Engines engine) {
    SplittableRandom random = new SplittableRandom(SEED);
    int frameSize = 2048;
    short[] samples = TestFrame.NOISE.samples(frameSize, SEED);
    double[] expected = new PlainDft(frameSize).power(samples, 0);
    double[] power = new double[frameSize / 2 + 1];
    for (int endBin = 1; endBin <= power.length; endBin += random.nextInt(1, 40)) {
      int firstBin = random.nextInt(endBin);
      Arrays.fill(power, Double.NaN);
      engine.engine.build(frameSize, firstBin, endBin).power(samples, 0, power);
      assertClose(expected, power, firstBin, endBin, firstBin + ".." + endBin + ", seed " + SEED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 4096})
  void theEnginesAgree(int frameSize) {
    RealFft vectorised = Engines.VECTORISED.ofTheMusicalRange(frameSize);
    RealFft jtransforms = Engines.JTRANSFORMS.ofTheMusicalRange(frameSize);
    double[] expected = new double[frameSize / 2 + 1];
    double[] power = new double[frameSize / 2 + 1];
    short[] samples = TestFrame.NOISE.samples(frameSize + 500, SEED);
    for (int from = 0; from <= 500; from++) {
      jtransforms.power(samples, from, expected);
      vectorised.power(samples, from, power);
      assertClose(expected, power, firstBin(frameSize), endBin(frameSize), from + ", seed " + SEED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFrameDoesNotDependOnTheFramesBeforeIt(Engines engine) {
    for (int frameSize : new int[] {2048, 4096}) {
      RealFft fft = engine.ofAllBins(frameSize);
      for (TestFrame frame : TestFrame.values()) {
        short[] samples = frame.samples(frameSize, SEED);
        double[] first = new double[frameSize / 2 + 1];
        double[] again = new double[frameSize / 2 + 1];
        engine.ofAllBins(frameSize).power(samples, 0, first);
        fft.power(samples, 0, again);
        assertArrayEquals(first, again, frame + " of " + frameSize);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void silenceHasNoPowerAtAll(Engines engine) {
    for (int frameSize : new int[] {2048, 4096}) {
      double[] power = new double[frameSize / 2 + 1];
      Arrays.fill(power, Double.NaN);
      engine.ofAllBins(frameSize).power(new short[frameSize], 0, power);
      assertArrayEquals(new double[power.length], power);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFrameThatDoesNotFitIsRefused(Engines engine) {
    RealFft fft = engine.ofTheMusicalRange(4096);
    double[] power = new double[2049];
    short[] samples = new short[5000];
    assertThrows(IndexOutOfBoundsException.class, () -> fft.power(samples, -1, power));
    assertThrows(IndexOutOfBoundsException.class, () -> fft.power(samples, 905, power));
    assertThrows(IndexOutOfBoundsException.class, () -> fft.power(samples, 0, new double[1000]));
  }

  @ParameterizedTest
  @EnumSource
  void binsThatDoNotExistAreRefused(Engines engine) {
    for (int[] bins : new int[][] {{-1, 10}, {11, 10}, {0, 2050}}) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class, () -> engine.engine.build(4096, bins[0], bins[1]));
      assertTrue(refusal.getMessage().contains("0..2048"), refusal.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 1024, 2047, 8192})
  void theVectorisedEngineKnowsTwoFrameSizes(int frameSize) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> RealFft.vectorised(frameSize, 0, frameSize / 2));
    assertEquals("frameSize must be 4096 or 2048 (got " + frameSize + ")", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 33, 4098, 8192})
  void jtransformsIsNotAskedForFramesThatItWouldThreadOrCannotDo(int frameSize) {
    assertThrows(IllegalArgumentException.class, () -> RealFft.jtransforms(frameSize, 0, 1));
  }

  @Test
  void jtransformsStartsNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    RealFft fft = Engines.JTRANSFORMS.ofTheMusicalRange(4096);
    fft.power(new short[4096], 0, new double[2049]);
    Set<Thread> after = Thread.getAllStackTraces().keySet();
    after.removeAll(before);
    assertEquals(Set.of(), after);
  }

  @ParameterizedTest
  @EnumSource
  void transformingAllocatesNothing(Engines engine) {
    for (int frameSize : new int[] {2048, 4096}) {
      RealFft fft = engine.ofTheMusicalRange(frameSize);
      short[] samples = TestFrame.NOISE.samples(frameSize, SEED);
      double[] power = new double[frameSize / 2 + 1];
      long bytes =
          Allocation.leastOfSomeRounds(() -> {
            for (int i = 0; i < 300; i++) {
              fft.power(samples, 0, power);
            }
          });
      assertEquals(0, bytes, "bytes allocated");
    }
  }

  private static int firstBin(int frameSize) {
    return 10 * frameSize / 4096;
  }

  private static int endBin(int frameSize) {
    return 1308 * frameSize / 4096;
  }

  private static void assertClose(
      double[] expected, double[] power, int firstBin, int endBin, String which) {
    double peak = Arrays.stream(expected).max().orElseThrow();
    for (int bin = firstBin; bin < endBin; bin++) {
      assertEquals(expected[bin], power[bin], TOLERANCE * peak, "bin " + bin + " of " + which);
    }
  }
}
