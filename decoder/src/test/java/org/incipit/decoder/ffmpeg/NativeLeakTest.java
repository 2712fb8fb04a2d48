package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;

/**
 * Resident memory and open files after {@code -Dtests.opens} opens, 1 500 unless told, in a process
 * whose heap cannot grow. A round opens each way of failing and of succeeding once; what one of
 * them leaked would add up.
 */
class NativeLeakTest {
  private static final int OPENS = Integer.getInteger("tests.opens", 1500);
  private static final int QUARTERS = 4;
  private static final long NOISE_KIB = 170;

  private static final List<String> WHOLE =
      List.of("edge-short-1.0s.flac", "wav-s16-11k-mono-native.wav", "edge-fx-2.06s-44k-st.ogg");
  private static final List<String> BROKEN =
      List.of("bad-empty.mp3", "bad-header-only.wav", "bad-text.mp3", "bad-zeros.flac");
  private static final int OPENS_OF_A_ROUND = 2 * WHOLE.size() + BROKEN.size() + 5;

  @Test
  void openingReadingFailingAndClosingLeaveNothingBehind() throws Exception {
    int rounds = OPENS / OPENS_OF_A_ROUND / QUARTERS;
    ChildJvm child = new ChildJvm(Rounds.class, Integer.toString(rounds));
    child.flag("-XX:+UseSerialGC").flag("-XX:TieredStopAtLevel=1");
    child.flag("-Xms48m").flag("-Xmx48m").flag("-XX:+AlwaysPreTouch");
    child.environment().put("MALLOC_ARENA_MAX", "1");
    String output = child.output();
    System.out.printf("%d opens, KiB and files grown by a quarter of them: %s", OPENS, output);
    // In the first quarter allocators and compilers take what they need, and some of it later. What
    // leaks makes every quarter grow, so the least of them shows it.
    String[] grown = output.trim().split("[ ,]+");
    long memory = Long.MAX_VALUE;
    long files = 0;
    for (int quarter = 1; quarter < QUARTERS; quarter++) {
      memory = Math.min(memory, Long.parseLong(grown[2 * quarter]));
      files += Long.parseLong(grown[2 * quarter + 1]);
    }
    assertTrue(memory < NOISE_KIB, output);
    assertTrue(files <= 0, output);
  }

  /** Prints by how many KiB and open files each quarter of the rounds made the process grow. */
  static final class Rounds {
    public static void main(String[] arguments) throws Exception {
      rounds(20);
      for (int quarter = 0; quarter < QUARTERS; quarter++) {
        long memory = residentBytes();
        long files = openFiles();
        rounds(Integer.parseInt(arguments[0]));
        long grownKib = (residentBytes() - memory) >> 10;
        System.out.print((quarter == 0 ? "" : ", ") + grownKib + " " + (openFiles() - files));
      }
      System.out.println();
    }
  }

  private static void rounds(int count) throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-8k-mono.wav"));
    byte[] flac = Files.readAllBytes(TestData.audio("edge-short-1.0s.flac"));
    byte[] cut = Arrays.copyOf(flac, flac.length / 2);
    byte[] noise = Arrays.copyOfRange(flac, 8000, 20000);
    DecodeOptions surround = DecodeOptions.FINGERPRINT.withInput("s16le", 0, 64);
    short[] block = new short[16384];
    for (int round = 0; round < count; round++) {
      for (String name : WHOLE) {
        Path file = TestData.audio(name);
        try (PcmSource source = AudioDecoder.open(file)) {
          source.forEachBlock((samples, offset, length) -> {});
        }
        // Closed in the middle.
        try (PcmSource source = AudioDecoder.open(file, DecodeOptions.nativeFormat())) {
          source.read(block, 0, 1000);
        }
      }
      for (String name : BROKEN) {
        decodeOrFail(() -> AudioDecoder.open(TestData.audio(name)));
      }
      decodeOrFail(() -> stream(wav, DecodeOptions.FINGERPRINT));
      decodeOrFail(() -> stream(cut, DecodeOptions.FINGERPRINT));
      decodeOrFail(() -> stream(noise, DecodeOptions.FINGERPRINT));
      decodeOrFail(() -> stream(noise, surround));
      decodeOrFail(() -> AudioDecoder.openNamed("no:where".getBytes(), surround));
    }
  }

  private static PcmSource stream(byte[] bytes, DecodeOptions options) throws DecodeException {
    return AudioDecoder.open(new ByteArrayInputStream(bytes), options);
  }

  private interface Opening {
    PcmSource open() throws DecodeException;
  }

  /** Whether it fails and where is the business of other tests. */
  private static boolean decodeOrFail(Opening opening) {
    try (PcmSource source = opening.open()) {
      source.forEachBlock((samples, offset, length) -> {});
      return true;
    } catch (DecodeException e) {
      return false;
    }
  }

  private static long residentBytes() throws IOException {
    System.gc();
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096;
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
