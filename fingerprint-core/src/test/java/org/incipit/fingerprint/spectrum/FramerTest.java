package org.incipit.fingerprint.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.incipit.fingerprint.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramerTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  private final List<List<Integer>> frames = new ArrayList<>();

  @Test
  void framesOverlap() {
    Framer framer = framer(4, 2);
    feed(framer, 0, 1, 2, 3, 3, 1); // ten samples
    assertEquals(
        List.of(List.of(0, 1, 2, 3), List.of(2, 3, 4, 5), List.of(4, 5, 6, 7), List.of(6, 7, 8, 9)),
        frames);
  }

  @Test
  void framesMayLieSideBySide() {
    Framer framer = framer(3, 3);
    feed(framer, 0, 5, 4);
    assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8)), frames);
  }

  @Test
  void aFrameIsDeliveredInTheCallThatBringsItsLastSample() {
    Framer framer = framer(100, 30);
    short[] one = new short[1];
    for (int fed = 1; fed <= 1000; fed++) {
      framer.pcm(one, 0, 1);
      assertEquals(fed < 100 ? 0 : (fed - 100) / 30 + 1, frames.size(), fed + " samples");
    }
  }

  @ParameterizedTest
  @CsvSource({"4096, 1365", "4096, 4096", "2048, 1024", "16, 1"})
  void theCuttingOfTheStreamDoesNotMatter(int frameSize, int increment) {
    SplittableRandom random = new SplittableRandom(SEED);
    short[] samples = TestFrame.NOISE.samples(5 * frameSize + 77, SEED);
    List<List<Integer>> expected = new ArrayList<>();
    for (int from = 0; from + frameSize <= samples.length; from += increment) {
      expected.add(list(samples, from, frameSize));
    }
    Framer framer = framer(frameSize, increment);
    for (int round = 0; round < 20; round++) {
      int longest = 1 << random.nextInt(15);
      framer.reset();
      frames.clear();
      int at = 0;
      while (at < samples.length) {
        int count = Math.min(random.nextInt(longest + 1), samples.length - at);
        framer.pcm(samples, at, count);
        at += count;
      }
      assertEquals(expected, frames, "blocks up to " + longest + ", seed " + SEED);
    }
  }

  @Test
  void resetForgetsSamplesThatWait() {
    Framer framer = framer(4, 2);
    feed(framer, 100, 3);
    framer.reset();
    feed(framer, 0, 4);
    assertEquals(List.of(List.of(0, 1, 2, 3)), frames);
  }

  @Test
  void theIncrementIsAtMostAFrame() {
    assertThrows(IllegalArgumentException.class, () -> framer(4, 0));
    assertThrows(IllegalArgumentException.class, () -> framer(4, 5));
  }

  @Test
  void aSineIsAPeakBetweenItsBins() {
    short[] sine = new short[80];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (short) (32767 * Math.sin(2 * Math.PI * 218 * i / 1000));
    }
    double[] expected = {
      2.87e-5, 1.19e-4, 2.99e-4, 6.67e-4, .00167, .00606, .228737, .494486, .210444, .00385, .00194,
      .00125, .0009, .0007, .0006, .00055, .00053
    };
    for (double[] magnitudes : magnitudes(sine)) {
      assertArrayEquals(expected, magnitudes, 1e-3);
    }
  }

  @Test
  void aConstantIsInTheFirstBins() {
    short[] constant = new short[80];
    Arrays.fill(constant, (short) 16383);
    double[] expected = {.494691, .219547, .00488, .00179, .00094, .00058, .00039};
    for (double[] magnitudes : magnitudes(constant)) {
      assertArrayEquals(expected, Arrays.copyOf(magnitudes, expected.length), 1e-3);
    }
  }

  @Test
  void framingAllocatesNothing() {
    double[] sum = new double[1];
    RealFft fft = RealFft.vectorised(4096, 10, 1308);
    Framer framer = new Framer(4096, 1365, fft, power -> sum[0] += power[100]);
    short[] block = TestFrame.NOISE.samples(1000, SEED);
    long bytes =
        Allocation.leastOfSomeRounds(() -> {
          for (int i = 0; i < 300; i++) {
            framer.pcm(block, 0, 1000);
          }
        });
    assertEquals(0, bytes, "bytes allocated");
  }

  /** The spectra of three frames of 32 samples as magnitudes, full scale 1. */
  private static List<double[]> magnitudes(short[] samples) {
    List<double[]> spectra = new ArrayList<>();
    RealFft fft = RealFft.jtransforms(32, 0, 17);
    Framer framer =
        new Framer(
            32,
            24,
            fft,
            power -> spectra.add(Arrays.stream(power).map(p -> Math.sqrt(p) / 17).toArray()));
    framer.pcm(samples, 0, samples.length);
    assertEquals(3, spectra.size());
    return spectra;
  }

  private Framer framer(int frameSize, int increment) {
    RealFft recorder = (samples, from, power) -> frames.add(list(samples, from, frameSize));
    return new Framer(frameSize, increment, recorder, power -> {});
  }

  /** Feeds consecutive numbers in blocks of these lengths. */
  private static void feed(Framer framer, int first, int... lengths) {
    short next = (short) first;
    for (int length : lengths) {
      short[] block = new short[length + 2];
      for (int i = 1; i <= length; i++) {
        block[i] = next++;
      }
      framer.pcm(block, 1, length);
    }
  }

  private static List<Integer> list(short[] samples, int from, int count) {
    List<Integer> list = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      list.add((int) samples[i]);
    }
    return list;
  }
}
