package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiffHeaderTest {
  private static final DecodeOptions NATIVE = DecodeOptions.nativeFormat();
  private static final short[] SIX = {1, -2, 3, -4, 5, -6};

  private static byte[] bigEndian(short... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  private static AudioFormat format(byte[] file) throws DecodeException {
    try (PcmSource source = PlainReader.open(new ByteArrayInputStream(file), NATIVE)) {
      return source.format();
    }
  }

  private static void assertRefused(Stage stage, String detail, byte[] file) {
    DecodeException e = assertThrows(DecodeException.class, () -> Samples.decode(file, NATIVE));
    assertEquals(stage.text() + " (" + detail + ")", e.getMessage());
  }

  @Test
  void aFileDeliversItsSamplesAndItsDuration() throws Exception {
    byte[] file = AiffFile.aiff().common(2, 4000, 16, 8000).sound(0, bigEndian(SIX)).bytes();
    assertArrayEquals(SIX, Samples.decode(file, NATIVE));
    assertEquals(new AudioFormat("pcm_s16be", 8000, 2, "stereo", 16, 256000, 500), format(file));
  }

  @Test
  void samplesBeginAfterTheOffsetAndEndWithTheirChunk() throws Exception {
    byte[] odd = {'a', 'b', 'c'};
    byte[] file =
        AiffFile.aiff()
            .chunk("ANNO", odd)
            .common(2, 3, 16, 8000)
            .chunk("NAME", odd)
            .sound(6, bigEndian(SIX))
            .chunk("(c) ", odd)
            .bytes();
    assertArrayEquals(SIX, Samples.decode(file, NATIVE));
  }

  @Test
  void aFileCutShortIsDeliveredToItsLastWholeFrame() throws Exception {
    byte[] file = AiffFile.aiff().common(2, 3, 16, 8000).sound(0, bigEndian(SIX)).bytes();
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    assertArrayEquals(Arrays.copyOf(SIX, 4), Samples.decode(cut, NATIVE));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 16, pcm_s16be", "NONE, 24, pcm_s24be", "twos, 8, pcm_s8", "sowt, 16, pcm_s16le",
    "'raw ', 8, pcm_u8", "in24, 24, pcm_s24be", "in32, 32, pcm_s32be", "fl32, 32, pcm_f32be",
    "FL64, 64, pcm_f64be", "ulaw, 16, pcm_mulaw", "ALAW, 16, pcm_alaw", "twos, 20, pcm_s24be"
  })
  void aCompressedFileNamesItsEncoding(String codec, int bits, String name) throws Exception {
    byte[] file = AiffFile.aifc().common(1, 4, bits, 8000, codec).sound(0, new byte[32]).bytes();
    assertEquals(name, format(file).codec());
  }

  @Test
  void theNameOfACodecIsOnlyLookedForInACompressedFile() throws Exception {
    byte[] file = AiffFile.aiff().common(1, 4, 16, 8000, "sowt").sound(0, new byte[8]).bytes();
    assertEquals("pcm_s16be", format(file).codec());
  }

  @Test
  void aChannelMaskTellsTheSpeakers() throws Exception {
    byte[] mask = ByteBuffer.allocate(12).putInt(0x10000).putInt(0x60f).array();
    AiffFile file = AiffFile.aiff().common(6, 4, 16, 8000).chunk("CHAN", mask);
    assertEquals("5.1(side)", format(file.sound(0, new byte[48]).bytes()).layout());
    byte[] tag = ByteBuffer.allocate(12).putInt(121 << 16 | 6).array();
    AiffFile other = AiffFile.aiff().common(6, 4, 16, 8000).chunk("CHAN", tag);
    assertEquals("5.1", format(other.sound(0, new byte[48]).bytes()).layout());
  }

  @Test
  void whatIsNoSoundHeaderIsRefused() {
    assertRefused(
        Stage.OPEN,
        "COMM chunk of 17 bytes at byte 20",
        AiffFile.aiff().chunk("COMM", new byte[17]).bytes());
    assertRefused(
        Stage.OPEN, "sample rate 0.0 Hz at byte 38", AiffFile.aiff().common(1, 1, 16, 0).bytes());
    assertRefused(
        Stage.OPEN, "0 channels at byte 38", AiffFile.aiff().common(0, 1, 16, 8000).bytes());
    assertRefused(
        Stage.OPEN,
        "sound data before its COMM chunk at byte 20",
        AiffFile.aiff().sound(0, new byte[4]).common(1, 1, 16, 8000).bytes());
    assertRefused(
        Stage.OPEN,
        "SSND chunk of 0 bytes at byte 46",
        AiffFile.aiff().common(1, 1, 16, 8000).chunk("SSND", new byte[0]).bytes());
    assertRefused(
        Stage.OPEN,
        "an IFF file that is not AIFF at byte 12",
        "FORM....8SVXVHDR".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsNotDecodedHereIsNamed() {
    assertRefused(
        Stage.NO_AUDIO,
        "no decoder for AIFF-C codec ima4",
        AiffFile.aifc().common(1, 1, 16, 8000, "ima4").bytes());
    assertRefused(
        Stage.NO_AUDIO,
        "no decoder for AIFF-C codec ?\"?\"",
        AiffFile.aifc().common(1, 1, 16, 8000, "\n\"\t\"").bytes());
    assertRefused(Stage.NO_AUDIO, "PCM of 40 bits", AiffFile.aiff().common(1, 1, 40, 8000).bytes());
  }

  @Test
  void anAuFileIsReadToItsEndWhateverItsSize() throws Exception {
    for (int size : new int[] {0, 4, 12, 100, -1}) {
      byte[] file = AiffFile.au(24, size, 3, 8000, 2, bigEndian(SIX));
      assertArrayEquals(SIX, Samples.decode(file, NATIVE));
    }
    byte[] annotated = AiffFile.au(40, 16000, 3, 8000, 2, bigEndian(SIX));
    assertArrayEquals(SIX, Samples.decode(annotated, NATIVE));
    assertEquals(
        new AudioFormat("pcm_s16be", 8000, 2, "stereo", 16, 256000, 500), format(annotated));
    assertEquals(-1, format(AiffFile.au(24, -1, 3, 8000, 2, new byte[4])).durationMillis());
  }

  @ParameterizedTest
  @CsvSource({
    "1, pcm_mulaw",
    "2, pcm_s8",
    "3, pcm_s16be",
    "4, pcm_s24be",
    "5, pcm_s32be",
    "6, pcm_f32be",
    "7, pcm_f64be",
    "27, pcm_alaw"
  })
  void anAuFileNumbersItsEncoding(int number, String name) throws Exception {
    assertEquals(name, format(AiffFile.au(24, 8, number, 8000, 1, new byte[8])).codec());
  }

  @Test
  void anAuFileThatIsNoneIsRefused() {
    byte[] data = new byte[8];
    assertRefused(
        Stage.NO_AUDIO, "no decoder for AU encoding 23", AiffFile.au(24, 8, 23, 8000, 1, data));
    assertRefused(Stage.OPEN, "0 channels at byte 24", AiffFile.au(24, 8, 3, 8000, 0, data));
    assertRefused(Stage.OPEN, "sample rate 0 Hz at byte 24", AiffFile.au(24, 8, 3, 0, 1, data));
    assertRefused(Stage.OPEN, "513 channels at byte 24", AiffFile.au(24, 8, 3, 8000, 513, data));
  }
}
