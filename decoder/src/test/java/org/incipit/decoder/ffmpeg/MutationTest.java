package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files, {@code -Dtests.mutations} of them, 400 unless told. What crashes inside FFmpeg
 * takes this process along; {@code target/mutation.log} then ends with what it was decoding, and
 * {@code -Dtests.seed} with the number before the stroke and {@code -Dtests.mutations=1} repeat it.
 */
class MutationTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int COUNT = Integer.getInteger("tests.mutations", 400);
  private static final DecodeOptions BOUNDED =
      DecodeOptions.FINGERPRINT.withLength(Duration.ofSeconds(60));

  private static final List<String> FILES =
      List.of(
          "aac-adts-22k-mono.aac",
          "aac-lc-44k-st.m4a",
          "ac3-51-48k.ac3",
          "aiff-s16be-22k-st.aiff",
          "alac-44k-st.m4a",
          "edge-fx-2.06s-44k-st.ogg",
          "edge-short-1.0s.flac",
          "mp3-mpeg25-8k-mono.mp3",
          "mp3-id3v23-cover-id3v1.mp3",
          "opus-mono-24k.opus",
          "video-mpeg4-aac.mp4",
          "video-mpeg4-vorbis.mkv",
          "video-vp8-opus.webm",
          "wav-imaadpcm-22k-mono.wav",
          "wav-s24-22k-st.wav",
          "wavpack-44k-st.wv",
          "wmav2-44k-64k.wma");

  @TempDir Path folder;

  @Test
  void damagedFilesGiveAudioOrAnErrorAndNothingElse() throws Exception {
    Path log = Path.of("target", "mutation.log");
    Files.writeString(log, "");
    int decoded = 0;
    int refused = 0;
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      Random random = new Random(seed);
      String name = FILES.get(random.nextInt(FILES.size()));
      byte[] bytes = mutated(Files.readAllBytes(TestData.audio(name)), random);
      boolean stream = random.nextInt(3) == 0;
      Files.writeString(
          log, seed + " - " + name + (stream ? " as a stream\n" : "\n"), StandardOpenOption.APPEND);
      Path file = folder.resolve("mutated-" + name);
      try (PcmSource source =
          stream
              ? AudioDecoder.open(new ByteArrayInputStream(bytes), BOUNDED)
              : AudioDecoder.open(Files.write(file, bytes), BOUNDED)) {
        source.forEachBlock((samples, offset, length) -> {});
        decoded++;
      } catch (DecodeException e) {
        refused++;
      }
    }
    long peak = peakBytes();
    System.out.printf(
        "%d damaged files: %d decoded, %d refused, peak %d MiB%n",
        COUNT, decoded, refused, peak >> 20);
    assertTrue(peak < 2L << 30, "resident memory came to " + peak + " bytes");
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int header = Math.min(bytes.length, 512);
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
          bytes[random.nextInt(header)] = (byte) random.nextInt();
        }
      }
      case 1 -> {
        for (int i = 1 + random.nextInt(100); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> {
        // Lengths and counts at their limits are what bounds checks forget.
        byte fill = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        int at = random.nextInt(header);
        Arrays.fill(bytes, at, Math.min(at + 1 + random.nextInt(8), bytes.length), fill);
      }
    }
    return bytes;
  }

  /** The most memory that this process ever had. */
  private static long peakBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
      if (line.startsWith("VmHWM:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("no VmHWM in /proc/self/status");
  }
}
