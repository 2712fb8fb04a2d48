package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSourceTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private static byte[] wav(int rate, int channels, int bits, int bytes) {
    byte[] noise = new byte[bytes];
    new Random(SEED).nextBytes(noise);
    return WavFile.riff().format(1, channels, rate, bits).data(noise).bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 1, 8",
    "8000, 2, 24",
    "11025, 2, 16",
    "11025, 1, 16",
    "11026, 1, 16",
    "44100, 2, 16",
    "48000, 6, 16",
    "48000, 2, 24",
    "96000, 1, 32",
    "192000, 2, 16"
  })
  void theResultDoesNotDependOnHowItIsCutIntoBlocks(int rate, int channels, int bits)
      throws Exception {
    byte[] file = wav(rate, channels, bits, 120_000);
    for (DecodeOptions options :
        new DecodeOptions[] {DecodeOptions.FINGERPRINT, DecodeOptions.nativeFormat()}) {
      short[] whole = Samples.decode(file, options);
      Random random = new Random(SEED);
      InputStream pieces = inPieces(file, random);
      short[] cut = new short[whole.length + 1];
      int filled = 0;
      try (PcmSource source = PlainReader.open(pieces, options)) {
        short[] block = new short[3000];
        int n;
        do {
          int offset = random.nextInt(100);
          n = source.read(block, offset, source.channels() + random.nextInt(2000));
          assertTrue(n == -1 || n > 0 && n % source.channels() == 0, () -> "seed " + SEED);
          System.arraycopy(block, offset, cut, filled, Math.max(n, 0));
          filled += Math.max(n, 0);
        } while (n >= 0);
        assertEquals(-1, source.read(block, 0, 100));
      }
      assertArrayEquals(whole, Arrays.copyOf(cut, filled), () -> "seed " + SEED);
    }
  }

  private static InputStream inPieces(byte[] bytes, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(3000)));
      }
    };
  }

  @Test
  void startAndLengthCutFromTheConvertedStream() throws Exception {
    byte[] file = wav(44100, 2, 16, 400_000);
    short[] whole = Samples.decode(file, DecodeOptions.FINGERPRINT);
    DecodeOptions part =
        DecodeOptions.FINGERPRINT
            .withStart(Duration.ofMillis(500))
            .withLength(Duration.ofMillis(1100));
    assertArrayEquals(Arrays.copyOfRange(whole, 5512, 5512 + 12127), Samples.decode(file, part));
    DecodeOptions beyond = DecodeOptions.FINGERPRINT.withStart(Duration.ofSeconds(1L << 60));
    assertEquals(0, Samples.decode(file, beyond).length);
    DecodeOptions nothing = DecodeOptions.FINGERPRINT.withLength(Duration.ZERO);
    assertEquals(0, Samples.decode(file, nothing).length);
  }

  @Test
  void aFailureComesAfterTheSamplesBeforeItAndAgain() throws Exception {
    byte[] file = Arrays.copyOf(wav(11025, 1, 16, 30000), 44 + 22050);
    IOException cause = new IOException("torn cable");
    short[] block = new short[100_000];
    try (PcmSource source =
        PlainReader.open(new TornStream(file, cause), DecodeOptions.FINGERPRINT)) {
      int delivered = 0;
      DecodeException failure = null;
      while (failure == null) {
        try {
          int n = source.read(block, 0, block.length);
          assertTrue(n > 0, "no end before the failure");
          delivered += n;
        } catch (DecodeException e) {
          failure = e;
        }
      }
      assertEquals(11025, delivered);
      assertEquals(Stage.READ, failure.stage());
      assertEquals("Error reading from the audio source (torn cable)", failure.getMessage());
      assertEquals(1000, failure.positionMillis());
      assertSame(cause, failure.getCause());
      assertSame(failure, assertThrows(DecodeException.class, () -> source.read(block, 0, 10)));
    }
  }

  @Test
  void channelsWithoutARuleCannotBeMixedButBeHad() throws Exception {
    byte[] file = wav(8000, 9, 16, 18);
    DecodeException e =
        assertThrows(DecodeException.class, () -> Samples.decode(file, DecodeOptions.FINGERPRINT));
    assertEquals(
        "Could not create an audio converter instance (no way to mix 9 channels to mono)",
        e.getMessage());
    assertEquals(9, Samples.decode(file, DecodeOptions.nativeFormat()).length);
  }

  @Test
  void anAbsurdRateIsNotResampled() throws Exception {
    byte[] file = wav(Integer.MAX_VALUE, 1, 16, 18);
    DecodeException e =
        assertThrows(DecodeException.class, () -> Samples.decode(file, DecodeOptions.FINGERPRINT));
    assertEquals(
        "Could not create an audio converter instance (sample rate 2147483647 Hz)", e.getMessage());
    assertEquals(9, Samples.decode(file, DecodeOptions.nativeFormat()).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11024, 11025, 44100, 3_072_000})
  void memoryIsBoundedWhateverTheHeaderClaims(int rate) throws Exception {
    byte[] file =
        WavFile.riff()
            .extensible(1, 2, rate, 16, 3)
            .chunk("LIST", new byte[0], 0)
            .chunk("data", new byte[4000], Integer.MAX_VALUE)
            .bytes();
    long me = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(me);
    DecodeOptions options = DecodeOptions.FINGERPRINT.withLength(Duration.ofSeconds(30));
    try (PcmSource source = PlainReader.open(new ByteArrayInputStream(file), options)) {
      source.forEachBlock((samples, offset, length) -> {});
    }
    long allocated = THREADS.getThreadAllocatedBytes(me) - before;
    assertTrue(allocated < 64 << 20, allocated + " bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 1, 2, 16",
    "48000, 1, 6, 16",
    "8000, 1, 1, 8",
    "11025, 1, 2, 16",
    "44100, 1, 2, 24",
    "44100, 3, 2, 32",
    "48000, 3, 1, 64",
    "8000, 7, 1, 8"
  })
  void readingAllocatesNothing(int rate, int codec, int channels, int bits) throws Exception {
    byte[] file =
        WavFile.riff().format(codec, channels, rate, bits).data(new byte[2_000_000]).bytes();
    for (DecodeOptions options :
        new DecodeOptions[] {DecodeOptions.FINGERPRINT, DecodeOptions.nativeFormat()}) {
      // What the JVM allocates when it recompiles does not come each time.
      long least = Long.MAX_VALUE;
      for (int pass = 0; pass < 5; pass++) {
        try (PcmSource source = PlainReader.open(new ByteArrayInputStream(file), options)) {
          least = Math.min(least, allocatedByReading(source));
        }
      }
      assertEquals(0, least);
    }
  }

  private static long allocatedByReading(PcmSource source) throws DecodeException {
    long me = Thread.currentThread().getId();
    short[] block = new short[6000];
    assertTrue(source.read(block, 0, block.length) > 0);
    long before = THREADS.getThreadAllocatedBytes(me);
    int blocks = 0;
    while (source.read(block, 0, block.length) > 0) {
      blocks++;
    }
    long allocated = THREADS.getThreadAllocatedBytes(me) - before;
    assertTrue(blocks > 10, "too short to tell");
    return allocated;
  }

  @Test
  void aFileIsClosedWithItsSourceAndWhenItIsRefused() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    Path sound = Files.write(folder.resolve("sound.wav"), wav(8000, 1, 16, 100));
    Path noise = Files.write(folder.resolve("noise.wav"), new byte[100]);
    long before = open(descriptors);
    for (int i = 0; i < 50; i++) {
      PlainReader.open(sound, DecodeOptions.FINGERPRINT).close();
      assertThrows(DecodeException.class, () -> PlainReader.open(noise, DecodeOptions.FINGERPRINT));
      DecodeOptions wrong = DecodeOptions.FINGERPRINT.withInput("mp3", 0, 0);
      assertThrows(IllegalArgumentException.class, () -> PlainReader.open(sound, wrong));
    }
    assertTrue(open(descriptors) < before + 50);
  }

  private static long open(Path descriptors) throws IOException {
    try (var list = Files.list(descriptors)) {
      return list.count();
    }
  }

  @Test
  void aClosedSourceIsNotRead() throws Exception {
    PcmSource source =
        PlainReader.open(
            new ByteArrayInputStream(wav(8000, 2, 16, 100)), DecodeOptions.nativeFormat());
    short[] block = new short[10];
    assertThrows(IllegalArgumentException.class, () -> source.read(block, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> source.read(block, 9, 2));
    source.close();
    source.close();
    assertThrows(IllegalStateException.class, () -> source.read(block, 0, 10));
  }
}
