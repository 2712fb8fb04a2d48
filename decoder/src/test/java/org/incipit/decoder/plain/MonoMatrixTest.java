package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MonoMatrixTest {
  static Stream<String> recorded() throws IOException {
    return Files.readAllLines(TestData.path("plain/matrix.tsv")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void everyChannelIsHeardAsInSwresample(String line) {
    String[] fields = line.split("\t");
    int mask = Integer.parseInt(fields[0], 16);
    int channels = Integer.bitCount(mask);
    double[] gains = ChannelLayout.of(channels, mask).gainsToMono().orElse(null);
    if (fields[1].equals("-")) {
      assertEquals(null, gains);
      return;
    }
    MonoMatrix matrix = new MonoMatrix(gains);
    short[] oneAfterTheOther = new short[channels * channels];
    for (int channel = 0; channel < channels; channel++) {
      oneAfterTheOther[channel * channels + channel] = 32000;
    }
    int[][] planes = new int[matrix.planes()][channels];
    matrix.split(oneAfterTheOther, 0, channels, planes, 0);
    short[] mixed = new short[channels];
    matrix.mix(planes, channels, mixed, 0);
    String joined = String.join(" ", Stream.of(toStrings(mixed)).toList());
    assertEquals(fields[1], joined);
  }

  private static String[] toStrings(short[] samples) {
    String[] strings = new String[samples.length];
    Arrays.setAll(strings, i -> Short.toString(samples[i]));
    return strings;
  }

  @Test
  void twoChannelsAreRoundedUpAtTheHalf() {
    MonoMatrix matrix = new MonoMatrix(new double[] {0.5, 0.5});
    int[][] planes = {{-3, -1, 3, 32767, -32768}, {0, 0, 0, 32767, -32768}};
    short[] mixed = new short[5];
    matrix.mix(planes, 5, mixed, 0);
    assertArrayEquals(new short[] {-1, 0, 2, 32767, -32768}, mixed);
  }

  @Test
  void moreThanTwoChannelsWrapAroundAtTheLoudest() {
    // The rounded gains of 6.1 with a back centre sum up to 32770.
    MonoMatrix matrix = new MonoMatrix(ChannelLayout.of(7, 0x13f).gainsToMono().orElseThrow());
    int[][] planes = new int[matrix.planes()][1];
    for (int[] plane : planes) {
      plane[0] = -32768;
    }
    short[] mixed = new short[1];
    matrix.mix(planes, 1, mixed, 0);
    assertEquals(32766, mixed[0]);
  }

  @Test
  void floatingPointIsRoundedToTheNearestAndSaturates() {
    MonoMatrix matrix = new MonoMatrix(new double[] {0.5, 0.5});
    double lsb = 1.0 / 32768;
    double[][] planes = {{lsb, 3 * lsb, 2, -2, Double.NaN}, {0, 0, 1, -1, 0}};
    short[] mixed = new short[5];
    matrix.mix(planes, 5, true, mixed, 0);
    assertArrayEquals(new short[] {0, 2, 32767, -32768, 0}, mixed);
  }
}
