package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegSourceTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @TempDir Path folder;

  @Test
  void theFormatIsTheFilesOwn() throws Exception {
    try (PcmSource source = AudioDecoder.open(TestData.audio("flac24-96k-st.flac"))) {
      AudioFormat format = source.format();
      assertEquals("flac", format.codec());
      assertEquals(96000, format.sampleRate());
      assertEquals(2, format.channels());
      assertEquals("stereo", format.layout());
      assertEquals(24, format.bitsPerSample());
      assertEquals(1514752, format.bitRate());
      assertEquals(3500, format.durationMillis());
      assertEquals(11025, source.sampleRate());
      assertEquals(1, source.channels());
    }
  }

  @Test
  void theNativeFormatDeliversTheSamplesOfAWavFileAsTheyAre() throws Exception {
    short[] samples = noise(48000 * 6);
    Path file = Files.write(folder.resolve("six.wav"), Pcm.wav(48000, 6, samples));
    try (PcmSource source = AudioDecoder.open(file, DecodeOptions.nativeFormat())) {
      assertEquals(48000, source.sampleRate());
      assertEquals(6, source.channels());
      assertArrayEquals(samples, Pcm.all(source));
    }
  }

  @Test
  void theNativeFormatTakesTheUpperBitsOfWiderSamples() throws Exception {
    Path file = TestData.audio("wav-s24-22k-st.wav");
    byte[] bytes = Files.readAllBytes(file);
    short[] decoded = Pcm.decode(file, DecodeOptions.nativeFormat());
    int data = bytes.length - 3 * decoded.length;
    int lastBit = 0;
    for (int i = 0; i < decoded.length; i++) {
      int at = data + 3 * i;
      int wide = bytes[at + 2] << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at] & 0xff;
      lastBit = Math.max(lastBit, Math.abs(decoded[i] - (wide >> 8)));
    }
    assertTrue(lastBit <= 1, "a sample is off by " + lastBit);
  }

  @Test
  void theSizeOfTheReadsDoesNotMatter() throws Exception {
    Path file = TestData.audio("edge-short-3.2s.flac");
    short[] whole = Pcm.decode(file, DecodeOptions.FINGERPRINT);
    Random random = new Random(SEED);
    for (int round = 0; round < 20; round++) {
      short[] pieces = new short[whole.length + 100];
      int size = 0;
      try (PcmSource source = AudioDecoder.open(file)) {
        int most = 1 << random.nextInt(16);
        int n;
        while ((n = source.read(pieces, size, piece(random, most, pieces.length - size))) >= 0) {
          assertTrue(n > 0, "seed " + SEED);
          size += n;
        }
      }
      assertArrayEquals(whole, Arrays.copyOf(pieces, size), "seed " + SEED);
    }
  }

  private static int piece(Random random, int most, int room) {
    return Math.min(1 + random.nextInt(most), room);
  }

  @Test
  void aReadOfManyChannelsReturnsWholeFrames() throws Exception {
    DecodeOptions options = DecodeOptions.nativeFormat();
    try (PcmSource source = AudioDecoder.open(TestData.audio("flac16-51-22k.flac"), options)) {
      short[] block = new short[100];
      assertEquals(96, source.read(block, 0, 100));
      assertEquals(6, source.read(block, 94, 6));
      assertThrows(IllegalArgumentException.class, () -> source.read(block, 0, 5));
      assertThrows(IndexOutOfBoundsException.class, () -> source.read(block, 94, 7));
    }
  }

  @Test
  void startAndLengthCutTheConvertedStreamToTheSample() throws Exception {
    Path file = TestData.audio("vorbis-copy-22k-mono.ogg");
    short[] whole = Pcm.decode(file, DecodeOptions.FINGERPRINT);
    Random random = new Random(SEED);
    for (int round = 0; round < 10; round++) {
      Duration start = Duration.ofNanos((long) (random.nextDouble() * 26e9));
      Duration length = Duration.ofNanos((long) (random.nextDouble() * 5e9));
      int from = Math.min((int) (start.toNanos() * 11025 / 1_000_000_000), whole.length);
      int to = Math.min(from + (int) (length.toNanos() * 11025 / 1_000_000_000), whole.length);
      DecodeOptions options = DecodeOptions.FINGERPRINT.withStart(start).withLength(length);
      assertArrayEquals(
          Arrays.copyOfRange(whole, from, to),
          Pcm.decode(file, options),
          () -> "seed " + SEED + ", " + start + " for " + length);
    }
  }

  @Test
  void ofTheNativeFormatStartAndLengthCountWholeFrames() throws Exception {
    short[] samples = noise(2 * 8000);
    Path file = Files.write(folder.resolve("stereo.wav"), Pcm.wav(8000, 2, samples));
    DecodeOptions options =
        DecodeOptions.nativeFormat()
            .withStart(Duration.ofMillis(100))
            .withLength(Duration.ofNanos(500_124_999));
    assertArrayEquals(Arrays.copyOfRange(samples, 1600, 9600), Pcm.decode(file, options));
  }

  @Test
  void aStartBehindTheEndLeavesNothing() throws Exception {
    DecodeOptions options = DecodeOptions.FINGERPRINT.withStart(Duration.ofSeconds(1L << 60));
    assertEquals(0, Pcm.decode(TestData.audio("edge-short-1.0s.flac"), options).length);
  }

  @Test
  void whatWasDecodedBeforeAnErrorIsDeliveredAndTheErrorStays() throws Exception {
    try (PcmSource source = AudioDecoder.open(TestData.audio("flac-truncated.flac"))) {
      short[] block = new short[100_000];
      int size = 0;
      DecodeException error = null;
      while (error == null) {
        try {
          int n = source.read(block, size, block.length - size);
          assertTrue(n > 0, "the end came before the error");
          size += n;
        } catch (DecodeException e) {
          error = e;
        }
      }
      assertEquals(57144, size);
      assertEquals(Stage.READ, error.stage());
      assertEquals(
          "Error reading from the audio source (Invalid data found when processing input)",
          error.getMessage());
      assertEquals(57144 * 1000L / 11025, error.positionMillis());
      assertSame(error, assertThrows(DecodeException.class, () -> source.read(block, 0, 10)));
    }
  }

  @Test
  void aLengthThatEndsBeforeTheDamageNeverMeetsIt() throws Exception {
    DecodeOptions options = DecodeOptions.FINGERPRINT.withLength(Duration.ofSeconds(5));
    assertEquals(55125, Pcm.decode(TestData.audio("flac-truncated.flac"), options).length);
  }

  @Test
  void whenTheRateChangesInMidStreamTheRateDeliveredStays() throws Exception {
    byte[] slow = Files.readAllBytes(TestData.audio("aac-adts-22k-mono.aac"));
    byte[] both = Arrays.copyOf(slow, slow.length + 100 * 11);
    for (int i = 0; i < 100; i++) {
      System.arraycopy(silentAdtsFrame(), 0, both, slow.length + 11 * i, 11);
    }
    short[] before = Pcm.decode(TestData.audio("aac-adts-22k-mono.aac"), DecodeOptions.FINGERPRINT);
    Path file = Files.write(folder.resolve("both.aac"), both);
    short[] decoded = Pcm.decode(file, DecodeOptions.FINGERPRINT);
    assertEquals(before.length + 100 * 1024 / 4, decoded.length);
    assertArrayEquals(before, Arrays.copyOf(decoded, before.length));
    for (int i = before.length + 512; i < decoded.length; i++) {
      assertEquals(0, decoded[i]);
    }
    short[] atFirstRate = Pcm.decode(file, DecodeOptions.nativeFormat());
    assertEquals(2 * decoded.length, atFirstRate.length);
  }

  /** AAC-LC, 44.1 kHz, mono: one channel element with no bands, and the end. */
  private static byte[] silentAdtsFrame() {
    return new byte[] {
      (byte) 0xff, (byte) 0xf1, 0x50, 0x40, 0x01, 0x7f, (byte) 0xfc, 0, 0, 0, 0x07
    };
  }

  @Test
  void audioBesideVideoIsFound() throws Exception {
    assertEquals(
        165376,
        Pcm.decode(TestData.audio("video-mpeg4-aac.mp4"), DecodeOptions.FINGERPRINT).length);
  }

  @Test
  void sourcesOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
    List<String> names =
        List.of("mp3-vbr-noxing.mp3", "opus-mono-24k.opus", "wav-s16-44k-st.wav", "bad-text.mp3");
    List<short[]> alone = new ArrayList<>();
    for (String name : names) {
      alone.add(decodeStream(name));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<short[]>> together = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String name = names.get(i % names.size());
        together.add(threads.submit(() -> decodeStream(name)));
      }
      for (int i = 0; i < 32; i++) {
        assertArrayEquals(alone.get(i % names.size()), together.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static short[] decodeStream(String name) throws Exception {
    try (InputStream in = Files.newInputStream(TestData.audio(name));
        PcmSource source = AudioDecoder.open(in, DecodeOptions.FINGERPRINT)) {
      return Pcm.all(source);
    } catch (DecodeException e) {
      return new short[0];
    }
  }

  @Test
  void aClosedSourceCannotBeReadAndMayBeClosedAgain() throws Exception {
    PcmSource source = AudioDecoder.open(TestData.audio("wav-s16-8k-mono.wav"));
    source.close();
    source.close();
    assertThrows(IllegalStateException.class, () -> source.read(new short[10], 0, 10));
  }

  @Test
  void rawSamplesAreReadAsTheOptionsSay() throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-44k-st.wav"));
    byte[] raw = Arrays.copyOfRange(wav, 44, wav.length);
    DecodeOptions options = DecodeOptions.FINGERPRINT.withInput("s16le", 44100, 2);
    try (PcmSource source = AudioDecoder.open(new ByteArrayInputStream(raw), options)) {
      assertArrayEquals(
          Pcm.decode(TestData.audio("wav-s16-44k-st.wav"), DecodeOptions.FINGERPRINT),
          Pcm.all(source));
    }
    options = DecodeOptions.nativeFormat().withInput("s16le", 8000, 5);
    try (PcmSource source = AudioDecoder.open(new ByteArrayInputStream(raw), options)) {
      assertEquals(8000, source.sampleRate());
      assertEquals(5, source.channels());
    }
  }

  @Test
  void aFileThatStatesItsRateIgnoresTheOptions() throws Exception {
    DecodeOptions options = DecodeOptions.nativeFormat().withInput(null, 8000, 1);
    try (PcmSource source = AudioDecoder.open(TestData.audio("wav-s16-44k-st.wav"), options)) {
      assertEquals(44100, source.sampleRate());
      assertEquals(2, source.channels());
    }
  }

  @Test
  void anUnknownFormatIsRefused() {
    DecodeOptions options = DecodeOptions.FINGERPRINT.withInput("no-such-format", 0, 0);
    Path file = TestData.audio("wav-s16-44k-st.wav");
    assertThrows(IllegalArgumentException.class, () -> AudioDecoder.open(file, options));
    assertFalse(AudioDecoder.knowsFormat("no-such-format"));
    assertTrue(AudioDecoder.knowsFormat("s16le"));
  }

  @Test
  void whatIsNoAudioFailsWhereTheReferenceFails() {
    assertEquals(Stage.OPEN, failure("bad-empty.mp3").stage());
    assertEquals(Stage.OPEN, failure("bad-text.mp3").stage());
    assertEquals(
        "Could not find any audio stream in the file (Stream not found)",
        failure("bad-zeros.flac").getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, true", "1000, 1, true", "44100, 8, true", "2147483647, 1, false"})
  void aForgedRateGivesAudioOrAnError(int rate, int channels, boolean decodes) throws Exception {
    byte[] wav = Pcm.wav(rate, channels, new short[40_000]);
    DecodeOptions options = DecodeOptions.FINGERPRINT.withLength(Duration.ofSeconds(1));
    ByteArrayInputStream in = new ByteArrayInputStream(wav);
    if (decodes) {
      try (PcmSource source = AudioDecoder.open(in, options)) {
        assertEquals(Math.min(11025, 40_000L / channels * 11025 / rate), Pcm.all(source).length);
      }
    } else {
      DecodeException failure =
          assertThrows(DecodeException.class, () -> AudioDecoder.open(in, options));
      assertEquals(Stage.CONVERTER, failure.stage());
    }
  }

  @Test
  void channelsThatNobodyCanMixAreRefusedButDeliveredAsTheyAre() throws Exception {
    short[] samples = noise(9 * 1000);
    Path file = Files.write(folder.resolve("nine.wav"), Pcm.wav(44100, 9, samples));
    DecodeException failure = assertThrows(DecodeException.class, () -> AudioDecoder.open(file));
    assertEquals(Stage.CONVERTER, failure.stage());
    assertArrayEquals(samples, Pcm.decode(file, DecodeOptions.nativeFormat()));
  }

  private static DecodeException failure(String name) {
    Path file = TestData.audio(name);
    return assertThrows(DecodeException.class, () -> AudioDecoder.open(file));
  }

  private static short[] noise(int count) {
    short[] samples = new short[count];
    Random random = new Random(SEED);
    for (int i = 0; i < count; i++) {
      samples[i] = (short) random.nextInt();
    }
    return samples;
  }
}
