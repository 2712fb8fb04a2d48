package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprinter;
import org.incipit.testdata.GoldenManifest;
import org.incipit.testdata.GoldenRecord;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the golden files of PCM give the reference's fingerprints without FFmpeg. */
class PlainGoldenTest {
  static Stream<GoldenRecord> pcmFiles() throws IOException {
    return GoldenManifest.reference().stream()
        .filter(r -> r.hasOptions("-raw", "-json", "-length", "0"))
        .filter(r -> r.files().get(0).matches(".*\\.(wav|aiff)"))
        .filter(r -> !r.files().get(0).contains("adpcm") && r.exit() == 0);
  }

  @Test
  void thereAreNineOfThem() throws IOException {
    assertEquals(9, pcmFiles().count());
  }

  @ParameterizedTest
  @MethodSource("pcmFiles")
  void aFileGivesTheReferenceFingerprint(GoldenRecord expected) throws IOException {
    GoldenRecord.Result result = expected.results().get(0);
    try (PcmSource pcm = open(expected.files().get(0))) {
      Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
      fingerprinter.start(pcm.sampleRate(), pcm.channels());
      pcm.forEachBlock(fingerprinter::feed);
      assertArrayEquals(result.items(), fingerprinter.finish().toArray());
      assertEquals(result.duration(), pcm.format().durationMillis() / 1000.0, 0.005, "duration");
    }
  }

  private static PcmSource open(String name) throws DecodeException {
    return PlainReader.open(TestData.audio(name), DecodeOptions.FINGERPRINT);
  }

  @Test
  void aHeaderAloneHoldsNoSamples() throws IOException {
    try (PcmSource pcm = open("bad-header-only.wav")) {
      assertEquals(-1, pcm.read(new short[100], 0, 100));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad-empty.mp3",
        "bad-text.mp3",
        "bad-zeros.flac",
        "mp3-vbr-noxing.mp3",
        "wav-imaadpcm-22k-mono.wav"
      })
  void otherFilesAreRefused(String name) {
    DecodeException e = assertThrows(DecodeException.class, () -> open(name).close());
    assertTrue(e.getMessage().startsWith(e.stage().text() + " ("), e.getMessage());
  }
}
