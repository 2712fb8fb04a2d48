package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavHeaderTest {
  private static final DecodeOptions NATIVE = DecodeOptions.nativeFormat();
  private static final short[] TEN = {1, -2, 3, -4, 5, -6, 7, -8, 9, -10};

  @TempDir Path folder;

  private static AudioFormat format(byte[] file) throws DecodeException {
    try (PcmSource source = PlainReader.open(new ByteArrayInputStream(file), NATIVE)) {
      return source.format();
    }
  }

  private long durationOfFile(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("x.wav"), file);
    try (PcmSource source = PlainReader.open(path, NATIVE)) {
      return source.format().durationMillis();
    }
  }

  private static void assertRefused(Stage stage, String detail, byte[] file) {
    DecodeException e = assertThrows(DecodeException.class, () -> Samples.decode(file, NATIVE));
    assertEquals(stage, e.stage());
    assertEquals(stage.text() + " (" + detail + ")", e.getMessage());
  }

  @Test
  void aFileDeliversItsSamples() throws Exception {
    byte[] file = WavFile.of(8000, 2, TEN);
    assertArrayEquals(TEN, Samples.decode(file, NATIVE));
    assertEquals(new AudioFormat("pcm_s16le", 8000, 2, "stereo", 16, 256000, -1), format(file));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 2, pcm_u8, 8", "1, 12, 4, pcm_s16le, 16", "1, 20, 6, pcm_s24le, 24",
    "1, 20, 8, pcm_s32le, 32", "1, 24, 6, pcm_s24le, 24", "1, 24, 8, pcm_s32le, 32",
    "1, 32, 8, pcm_s32le, 32", "1, 64, 16, pcm_s64le, 64", "1, 16, 7, pcm_s16le, 16",
    "1, 16, 0, pcm_s16le, 16", "3, 32, 8, pcm_f32le, 32", "3, 64, 16, pcm_f64le, 64",
    "6, 8, 2, pcm_alaw, 16", "7, 8, 2, pcm_mulaw, 16", "7, 8, 4, pcm_mulaw, 16"
  })
  void theFormatTellsTheEncoding(int codec, int bits, int frameBytes, String name, int decoded)
      throws Exception {
    byte[] file =
        WavFile.riff().format(codec, 2, 8000, bits, frameBytes).data(new byte[64]).bytes();
    assertEquals(name, format(file).codec());
    assertEquals(decoded, format(file).bitsPerSample());
  }

  @Test
  void anExtensibleFormatTellsTheSpeakers() throws Exception {
    byte[] file = WavFile.riff().extensible(3, 6, 48000, 32, 0x60f).data(new byte[48]).bytes();
    assertEquals(
        new AudioFormat("pcm_f32le", 48000, 6, "5.1(side)", 32, 9216000, -1), format(file));
  }

  @Test
  void otherChunksAndTheirPaddingArePassedOver() throws Exception {
    byte[] odd = {'a', 'b', 'c'};
    byte[] file =
        WavFile.riff()
            .chunk("JUNK", odd)
            .format(1, 2, 8000, 16)
            .chunk("LIST", odd)
            .data(WavFile.shorts(TEN))
            .chunk("id3 ", odd)
            .bytes();
    assertArrayEquals(TEN, Samples.decode(file, NATIVE));
  }

  @Test
  void samplesOfUnknownLengthGoOnToTheEnd() throws Exception {
    for (int size : new int[] {0, WavFile.UNKNOWN}) {
      byte[] file =
          WavFile.riff().format(1, 2, 8000, 16).chunk("data", WavFile.shorts(TEN), size).bytes();
      assertArrayEquals(TEN, Samples.decode(file, NATIVE));
    }
  }

  @Test
  void aFileCutShortIsDeliveredToItsLastWholeFrame() throws Exception {
    byte[] file = WavFile.of(8000, 2, TEN);
    short[] whole = Arrays.copyOf(TEN, 6);
    assertArrayEquals(whole, Samples.decode(Arrays.copyOf(file, file.length - 5), NATIVE));
    assertArrayEquals(new short[0], Samples.decode(Arrays.copyOf(file, 44), NATIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RF64", "BW64"})
  void aLargeFileHasItsSizeInFront(String tag) throws Exception {
    byte[] file =
        WavFile.tagged(tag)
            .ds64(20, 5)
            .format(1, 2, 8000, 16)
            .chunk("data", WavFile.shorts(TEN), WavFile.UNKNOWN)
            .chunk("LIST", new byte[40])
            .bytes();
    assertArrayEquals(TEN, Samples.decode(file, NATIVE));
    assertRefused(
        Stage.OPEN,
        "data of 2^63 bytes or more at byte 80",
        WavFile.tagged(tag)
            .ds64(Long.MIN_VALUE, 0)
            .format(1, 2, 8000, 16)
            .data(new byte[4])
            .bytes());
  }

  @Test
  void rifxHasTheHighestByteFirst() throws Exception {
    ByteBuffer samples = ByteBuffer.allocate(20);
    samples.asShortBuffer().put(TEN);
    byte[] file = WavFile.tagged("RIFX").format(1, 2, 8000, 16).data(samples.array()).bytes();
    assertArrayEquals(TEN, Samples.decode(file, NATIVE));
    assertEquals("pcm_s16be", format(file).codec());
  }

  @Test
  void anId3TagInFrontIsPassedOver() throws Exception {
    byte[] wav = WavFile.of(8000, 2, TEN);
    byte[] id3 = {'I', 'D', '3', 4, 0, 0x10, 0, 0, 0, 5};
    ByteBuffer file = ByteBuffer.allocate(25 + wav.length);
    file.put(id3).position(25).put(wav);
    assertArrayEquals(TEN, Samples.decode(file.array(), NATIVE));
  }

  @Test
  void theDurationOfAFileFollowsFromItsSamples() throws Exception {
    byte[] data = new byte[16000];
    WavFile sound = WavFile.riff().format(1, 2, 8000, 16).data(data);
    assertEquals(500, durationOfFile(sound.bytes()));
    // Not so much that it could be true of these samples.
    assertEquals(
        500, durationOfFile(WavFile.riff().format(1, 2, 8000, 16).fact(9000).data(data).bytes()));
    byte[] cut = Arrays.copyOf(sound.bytes(), 44 + 14999);
    assertEquals(468, durationOfFile(cut));
    assertEquals(-1, durationOfFile(Arrays.copyOf(cut, 44)));
    for (int size : new int[] {0, WavFile.UNKNOWN}) {
      WavFile endless = WavFile.riff().format(1, 2, 8000, 16);
      assertEquals(500, durationOfFile(endless.chunk("data", data, size).bytes()));
      WavFile counted = WavFile.riff().format(1, 2, 8000, 16).fact(900);
      assertEquals(112, durationOfFile(counted.chunk("data", data, size).bytes()));
    }
  }

  @Test
  void aStreamOnlyHasADurationIfItsFramesAreCounted() throws Exception {
    byte[] data = new byte[16000];
    assertEquals(-1, format(WavFile.of(8000, 2, TEN)).durationMillis());
    WavFile counted = WavFile.riff().format(1, 2, 8000, 16).fact(4000);
    assertEquals(500, format(counted.data(data).bytes()).durationMillis());
    WavFile miscounted = WavFile.riff().format(1, 2, 8000, 16).fact(1234);
    assertEquals(-1, format(miscounted.data(data).bytes()).durationMillis());
    WavFile large = WavFile.tagged("RF64").ds64(16000, 4000).format(1, 2, 8000, 16);
    assertEquals(500, format(large.chunk("data", data, -1).bytes()).durationMillis());
  }

  @Test
  void whatIsNoSoundHeaderIsRefused() {
    assertRefused(
        Stage.OPEN,
        "fmt chunk of 12 bytes at byte 20",
        WavFile.riff().chunk("fmt ", new byte[12]).bytes());
    assertRefused(
        Stage.OPEN, "0 channels at byte 36", WavFile.riff().format(1, 0, 8000, 16, 4).bytes());
    assertRefused(
        Stage.OPEN, "513 channels at byte 36", WavFile.riff().format(1, 513, 8000, 16).bytes());
    assertRefused(
        Stage.OPEN, "sample rate 0 Hz at byte 36", WavFile.riff().format(1, 2, 0, 16).bytes());
    assertRefused(
        Stage.OPEN,
        "sample rate 4294967295 Hz at byte 36",
        WavFile.riff().format(1, 2, -1, 16).bytes());
    assertRefused(
        Stage.OPEN,
        "data chunk before any fmt chunk at byte 20",
        WavFile.riff().data(new byte[4]).format(1, 2, 8000, 16).bytes());
    assertRefused(
        Stage.OPEN, "end of data at byte 36", WavFile.riff().format(1, 2, 8000, 16).bytes());
    assertRefused(
        Stage.OPEN,
        "a RIFF file that is not WAVE at byte 12",
        "RIFF....AVI LIST".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsNotDecodedHereIsNamed() {
    assertRefused(
        Stage.NO_AUDIO,
        "no decoder for WAVE codec 0x11",
        WavFile.riff().format(0x11, 1, 8000, 4, 256).bytes());
    assertRefused(Stage.NO_AUDIO, "PCM of 40 bits", WavFile.riff().format(1, 1, 8000, 40).bytes());
    assertRefused(Stage.NO_AUDIO, "PCM of 0 bits", WavFile.riff().format(1, 1, 8000, 0).bytes());
    assertRefused(
        Stage.NO_AUDIO, "floating point of 16 bits", WavFile.riff().format(3, 1, 8000, 16).bytes());
  }
}
