package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.junit.jupiter.api.Test;

class LineSourceTest {
  private static final DecodeOptions NATIVE = DecodeOptions.nativeFormat();

  private static javax.sound.sampled.AudioFormat format(int rate, int channels) {
    return new javax.sound.sampled.AudioFormat(rate, 16, channels, true, false);
  }

  @Test
  void whatTheLineHearsIsDelivered() throws Exception {
    RecordedLine line = new RecordedLine();
    try (PcmSource source = LineSource.open(line, format(48000, 2), NATIVE)) {
      assertTrue(line.isOpen() && line.isRunning());
      assertEquals(48000, source.sampleRate());
      assertEquals(2, source.channels());
      assertEquals(
          new AudioFormat("pcm_s16le", 48000, 2, "stereo", 16, 1536000, -1), source.format());
      short[] heard = Signal.of("walk", 3000, 2, 1);
      line.hear(WavFile.shorts(heard));
      line.stop();
      assertArrayEquals(heard, Samples.all(source));
    }
    assertFalse(line.isOpen());
  }

  @Test
  void forAFingerprintItIsConvertedAsAFileWouldBe() throws Exception {
    short[] heard = Signal.of("walk", 20_000, 2, 2);
    byte[] bytes = WavFile.shorts(heard);
    RecordedLine line = new RecordedLine();
    line.hear(bytes);
    line.stop();
    try (PcmSource source = LineSource.open(line, format(44100, 2), DecodeOptions.FINGERPRINT)) {
      assertArrayEquals(
          Samples.decode(WavFile.of(44100, 2, heard), DecodeOptions.FINGERPRINT),
          Samples.all(source));
    }
  }

  @Test
  void samplesComeAsTheyAreHeardNotWhenABlockIsFull() throws Exception {
    RecordedLine line = new RecordedLine();
    try (PcmSource source = LineSource.open(line, format(8000, 1), NATIVE)) {
      short[] heard = Signal.of("noise", 200, 1, 3);
      short[] block = new short[8192];
      for (int i = 0; i < 3; i++) {
        line.hear(WavFile.shorts(heard));
        assertEquals(200, source.read(block, 0, block.length));
        assertArrayEquals(heard, Arrays.copyOf(block, 200));
      }
    }
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    RecordedLine line = new RecordedLine();
    PcmSource source = LineSource.open(line, format(8000, 1), DecodeOptions.FINGERPRINT);
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(() -> {
          try {
            return source.read(new short[8192], 0, 8192);
          } catch (DecodeException e) {
            throw new AssertionError(e);
          }
        });
    line.awaitReader();
    source.close();
    assertEquals(-1, reading.get(30, TimeUnit.SECONDS));
    assertThrows(IllegalStateException.class, () -> source.read(new short[1], 0, 1));
  }

  @Test
  void aLineThatOthersHaveIsAnError() {
    RecordedLine line = new RecordedLine();
    line.refuse("in use by another application");
    DecodeException e =
        assertThrows(DecodeException.class, () -> LineSource.open(line, format(8000, 1), NATIVE));
    assertEquals(Stage.OPEN, e.stage());
    assertEquals("Could not open the input file (in use by another application)", e.getMessage());
  }

  @Test
  void aLineWhoseAudioCannotBeConvertedIsClosed() {
    RecordedLine line = new RecordedLine();
    assertThrows(
        DecodeException.class,
        () -> LineSource.open(line, format(8000, 9), DecodeOptions.FINGERPRINT));
    assertFalse(line.isOpen());
  }

  @Test
  void aFormatThatNoLineHasIsAnError() {
    // No line records 512 channels, so this is the same with and without a sound card.
    DecodeException e = assertThrows(DecodeException.class, () -> LineSource.open(1, 512, NATIVE));
    assertEquals(Stage.OPEN, e.stage());
    assertThrows(IllegalArgumentException.class, () -> LineSource.open(0, 1, NATIVE));
    assertThrows(IllegalArgumentException.class, () -> LineSource.open(8000, 0, NATIVE));
    assertThrows(IllegalArgumentException.class, () -> LineSource.open(8000, 513, NATIVE));
  }
}
