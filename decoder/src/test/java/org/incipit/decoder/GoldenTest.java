package org.incipit.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprinter;
import org.incipit.testdata.GoldenManifest;
import org.incipit.testdata.GoldenRecord;
import org.incipit.testdata.TestData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether whole files give what the reference {@code fpcalc -length 0} prints for them. */
class GoldenTest {
  /** Differing bits of files whose decoder is another one in FFmpeg 8 than in 5.1. */
  private static final Map<String, Integer> DECODER_CHANGES =
      Map.of("wav-imaadpcm-22k-mono.wav", 1);

  static Stream<GoldenRecord> records() throws IOException {
    return GoldenManifest.reference().stream()
        .filter(r -> r.hasOptions("-raw", "-json", "-length", "0"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void aFileGivesTheReferenceFingerprint(GoldenRecord expected) throws IOException {
    String name = expected.files().get(0);
    int[] items = new int[0];
    double seconds = 0;
    String error = "";
    try (PcmSource pcm = AudioDecoder.open(TestData.audio(name))) {
      seconds = Math.max(pcm.format().durationMillis(), 0) / 1000.0;
      Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
      fingerprinter.start(pcm.sampleRate(), pcm.channels());
      try {
        pcm.forEachBlock(fingerprinter::feed);
      } catch (DecodeException e) {
        error = "ERROR: " + e.getMessage();
      }
      items = fingerprinter.finish().toArray();
    } catch (DecodeException e) {
      error = "ERROR: " + e.getMessage();
    }
    if (expected.results().isEmpty()) {
      assertEquals(0, items.length, error);
      return;
    }
    GoldenRecord.Result result = expected.results().get(0);
    assertEquals(result.duration(), seconds, 0.005, "duration");
    if (DECODER_CHANGES.containsKey(name)) {
      assertEquals(DECODER_CHANGES.get(name), differingBits(result.items(), items));
    } else {
      assertArrayEquals(result.items(), items);
      assertEquals(expected.stderr(), error);
    }
  }

  private static int differingBits(int[] a, int[] b) {
    assertEquals(a.length, b.length, "items");
    int bits = 0;
    for (int i = 0; i < a.length; i++) {
      bits += Integer.bitCount(a[i] ^ b[i]);
    }
    return bits;
  }
}
