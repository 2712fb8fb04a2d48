package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;

/** Damaged files, {@code -Dtests.mutations} of them, 4000 unless told. */
class PlainMutationTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int COUNT = Integer.getInteger("tests.mutations", 4000);
  private static final int MAX_FILE = 20_000;

  /** Filters for rates up to 3 MHz, blocks of up to 512 channels in double precision. */
  private static final long MAX_ALLOCATED = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void damagedFilesGiveAudioOrAnErrorAndNothingElse() throws IOException {
    List<byte[]> files = soundFiles();
    long me = Thread.currentThread().getId();
    int decoded = 0;
    int refused = 0;
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      Random random = new Random(seed);
      byte[] file = mutated(files.get(random.nextInt(files.size())).clone(), random);
      DecodeOptions options =
          (random.nextBoolean() ? DecodeOptions.FINGERPRINT : DecodeOptions.nativeFormat())
              .withLength(Duration.ofSeconds(10));
      long before = THREADS.getThreadAllocatedBytes(me);
      try (PcmSource source = PlainReader.open(new ByteArrayInputStream(file), options)) {
        short[] block = new short[1 << 15];
        int channels = source.channels();
        for (int n = 0; n >= 0; n = source.read(block, 0, block.length)) {
          assertTrue(n % channels == 0 && n <= block.length, "seed " + seed);
        }
        decoded++;
      } catch (DecodeException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("-Dtests.seed=" + seed + " -Dtests.mutations=1", e);
      }
      long allocated = THREADS.getThreadAllocatedBytes(me) - before;
      assertTrue(allocated < MAX_ALLOCATED, "seed " + seed + ": " + allocated + " bytes");
    }
    assertTrue(decoded > COUNT / 20 && refused > COUNT / 20, decoded + " and " + refused);
  }

  private static List<byte[]> soundFiles() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name :
        List.of(
            "aiff-s16be-22k-st.aiff",
            "wav-f32-16k-mono.wav",
            "wav-mulaw-8k-mono.wav",
            "wav-s16-44k-st.wav",
            "wav-s24-22k-st.wav",
            "wav-u8-11k-mono.wav")) {
      files.add(Arrays.copyOf(Files.readAllBytes(TestData.audio(name)), MAX_FILE));
    }
    byte[] noise = new byte[MAX_FILE];
    new Random(SEED).nextBytes(noise);
    files.add(
        WavFile.tagged("RF64")
            .ds64(MAX_FILE, 100)
            .extensible(1, 6, 48000, 16, 0x3f)
            .chunk("data", noise, WavFile.UNKNOWN)
            .bytes());
    files.add(WavFile.tagged("RIFX").fact(99).format(3, 2, 96000, 64).data(noise).bytes());
    byte[] mask = {0, 1, 0, 0, 0, 0, 0, 3};
    files.add(
        AiffFile.aifc()
            .common(2, 99, 24, 32000, "sowt")
            .chunk("CHAN", mask)
            .sound(4, noise)
            .bytes());
    files.add(AiffFile.au(32, MAX_FILE, 5, 11025, 2, noise));
    return files;
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int header = Math.min(bytes.length, 120);
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          bytes[random.nextInt(header)] = (byte) random.nextInt();
        }
      }
      case 1 -> {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
          bytes[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(header + 1));
      default -> {
        // Lengths and counts at their limits are what bounds checks forget.
        byte[] fills = {0, (byte) 0xff, 0x7f, (byte) 0x80};
        int at = random.nextInt(header);
        int to = Math.min(at + 1 + random.nextInt(8), bytes.length);
        Arrays.fill(bytes, at, to, fills[random.nextInt(fills.length)]);
      }
    }
    return bytes;
  }
}
