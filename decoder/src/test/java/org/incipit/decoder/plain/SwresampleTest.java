package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.testdata.TestData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether sources of at most 16 bits become the samples that swresample makes of them. */
class SwresampleTest {
  static Stream<String> recorded() throws IOException {
    return Files.readAllLines(TestData.path("plain/swresample.tsv")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void everySampleIsThatOfSwresample(String line) throws Exception {
    String[] fields = line.split("\t");
    int rate = Integer.parseInt(fields[0]);
    int frames = Integer.parseInt(fields[1]);
    int channels = Integer.parseInt(fields[2]);
    int mask = Integer.parseInt(fields[3]);
    int bits = Integer.parseInt(fields[4]);
    short[] signal = Signal.of(fields[5], frames, channels, Long.parseLong(fields[6]));
    WavFile file = WavFile.riff();
    if (mask == 0) {
      file.format(1, channels, rate, bits);
    } else {
      file.extensible(1, channels, rate, bits, mask);
    }
    file.data(bits == 8 ? eightBits(signal) : WavFile.shorts(signal));
    short[] mono = Samples.decode(file.bytes(), DecodeOptions.FINGERPRINT);
    assertEquals(Integer.parseInt(fields[7]), mono.length);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(WavFile.shorts(mono));
    assertEquals(fields[8], HexFormat.of().formatHex(digest, 0, 8));
  }

  private static byte[] eightBits(short[] signal) {
    byte[] bytes = new byte[signal.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((signal[i] >> 8) + 128);
    }
    return bytes;
  }
}
