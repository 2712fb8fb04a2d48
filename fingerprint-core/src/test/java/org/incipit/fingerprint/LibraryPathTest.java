package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.testdata.TestData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether feeding 16-bit samples at any rate gives what libchromaprint gives. */
class LibraryPathTest {
  /** One line of {@code library.tsv}. */
  record Vector(
      String source, int rate, int channels, Algorithm algorithm, int frames, String text) {
    static Vector parse(String line) {
      String[] columns = line.split("\t");
      return new Vector(
          columns[0],
          Integer.parseInt(columns[1]),
          Integer.parseInt(columns[2]),
          Algorithm.of(Integer.parseInt(columns[3])),
          Integer.parseInt(columns[4]),
          columns[5]);
    }

    @Override
    public String toString() {
      return source + " " + rate + " Hz, " + channels + " channels, " + algorithm;
    }

    short[] samples() throws IOException {
      return source.equals("synthetic")
          ? SyntheticAudio.interleaved(frames, rate, channels)
          : wavData(source);
    }
  }

  static Stream<Vector> vectors() throws IOException {
    List<String> lines = Files.readAllLines(TestData.path("library/library.tsv"));
    return lines.stream().map(Vector::parse);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theFingerprintIsLibchromaprints(Vector vector) throws IOException {
    for (FftEngine engine : FftEngine.values()) {
      Fingerprinter fingerprinter =
          Fingerprinter.builder(vector.algorithm()).fftEngine(engine).build();
      fingerprinter.start(vector.rate(), vector.channels());
      feedInPieces(fingerprinter, vector.samples());
      assertEquals(vector.text(), FingerprintCodec.encode(fingerprinter.finish()), engine.name());
    }
  }

  private static void feedInPieces(Fingerprinter fingerprinter, short[] samples) {
    Random random = new Random(samples.length);
    int at = 0;
    while (at < samples.length) {
      int n = Math.min(1 + random.nextInt(20_000), samples.length - at);
      fingerprinter.feed(samples, at, n);
      at += n;
    }
  }

  private static short[] wavData(String name) throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(TestData.audio(name))).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (at < file.limit()) {
      int size = file.getInt(at + 4);
      if (file.getInt(at) == 0x61746164) { // "data"
        short[] samples = new short[size / 2];
        file.position(at + 8);
        file.asShortBuffer().get(samples);
        return samples;
      }
      at += 8 + size + (size & 1);
    }
    return fail("no data chunk in " + name);
  }
}
