package org.incipit.fingerprint.chroma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChromaFolderTest {
  private static final int RATE = 11025;

  @Test
  void theRangeIsFrom28To3520Hertz() {
    assertEquals(10, ChromaFolder.firstBin(4096, RATE));
    assertEquals(1308, ChromaFolder.endBin(4096, RATE));
    assertEquals(5, ChromaFolder.firstBin(2048, RATE));
    assertEquals(654, ChromaFolder.endBin(2048, RATE));
  }

  @Test
  void theFirstBinsOfALongFrameFallIntoTheirClasses() {
    int[] expected = {11, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7, 8};
    assertArrayEquals(expected, Arrays.copyOfRange(classOfBin(4096), 10, 10 + expected.length));
  }

  @Test
  void theFirstBinsOfAShortFrameFallIntoTheirClasses() {
    int[] expected = {11, 2, 5, 7, 9, 11, 1, 2, 4};
    assertArrayEquals(expected, Arrays.copyOfRange(classOfBin(2048), 5, 5 + expected.length));
  }

  @Test
  void everyClassHasItsNumberOfBins() {
    assertArrayEquals(
        new int[] {78, 80, 89, 89, 100, 102, 109, 115, 123, 131, 138, 144}, binsPerClass(4096));
    assertArrayEquals(
        new int[] {39, 39, 46, 43, 51, 51, 54, 58, 61, 66, 69, 72}, binsPerClass(2048));
  }

  @Test
  void aSingleBinLightsItsClassAlone() {
    assertArrayEquals(only(0), foldSingleBin(113));
    assertArrayEquals(only(11), foldSingleBin(112));
    assertArrayEquals(only(2), foldSingleBin(64));
  }

  @Test
  void eachClassAddsItsBinsFromTheLowest() {
    Random random = new Random(7);
    double[] power = new double[2049];
    for (int i = 0; i < power.length; i++) {
      power[i] = Math.exp(20 * random.nextDouble());
    }
    double[] expected = new double[12];
    int[] classOfBin = classOfBin(4096);
    for (int bin = 10; bin < 1308; bin++) {
      expected[classOfBin[bin]] += power[bin];
    }
    double[] actual = new double[12];
    new ChromaFolder(4096, RATE, row -> System.arraycopy(row, 0, actual, 0, 12)).spectrum(power);
    assertArrayEquals(expected, actual, "to the last bit");
  }

  private static double[] foldSingleBin(int bin) {
    double[] power = new double[128];
    power[bin] = 1.0;
    double[] folded = new double[12];
    // 10 to 510 Hz of a frame of 256 samples at 1000 Hz.
    new ChromaFolder(3, 128, 256, 1000, row -> System.arraycopy(row, 0, folded, 0, 12))
        .spectrum(power);
    return folded;
  }

  private static double[] only(int pitchClass) {
    double[] row = new double[12];
    row[pitchClass] = 1.0;
    return row;
  }

  private static int[] binsPerClass(int frameSize) {
    return Arrays.stream(bins(frameSize)).mapToInt(b -> b.length).toArray();
  }

  private static int[] classOfBin(int frameSize) {
    int[] classOfBin = new int[frameSize / 2];
    int[][] bins = bins(frameSize);
    for (int pitchClass = 0; pitchClass < 12; pitchClass++) {
      for (int bin : bins[pitchClass]) {
        classOfBin[bin] = pitchClass;
      }
    }
    return classOfBin;
  }

  private static int[][] bins(int frameSize) {
    return ChromaFolder.binsOfClass(
        ChromaFolder.firstBin(frameSize, RATE),
        ChromaFolder.endBin(frameSize, RATE),
        frameSize,
        RATE);
  }
}
