package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

class PlainReaderTest {
  private static final DecodeOptions NATIVE = DecodeOptions.nativeFormat();

  @TempDir Path folder;

  @Test
  void rawSamplesAreDescribedByTheOptions() throws Exception {
    DecodeOptions options = NATIVE.withInput("s16be", 8000, 2);
    byte[] bytes = {0, 1, 0, 2, 0, 3, 0, 4, 9};
    assertArrayEquals(new short[] {1, 2, 3, 4}, Samples.decode(bytes, options));
    Path file = Files.write(folder.resolve("x.raw"), new byte[16001]);
    try (PcmSource source = PlainReader.open(file, options)) {
      AudioFormat expected = new AudioFormat("pcm_s16be", 8000, 2, "stereo", 16, 256000, 500);
      assertEquals(expected, source.format());
      assertEquals(8000, source.sampleRate());
      assertEquals(2, source.channels());
    }
  }

  @Test
  void rawSamplesAreMonoAtTheRateOfCompactDiscsUnlessToldOtherwise() throws Exception {
    DecodeOptions options = NATIVE.withInput("u8", 0, 0);
    try (PcmSource source = PlainReader.open(new ByteArrayInputStream(new byte[1]), options)) {
      assertEquals(new AudioFormat("pcm_u8", 44100, 1, "mono", 8, 352800, -1), source.format());
    }
  }

  @Test
  void aContainerMayBeNamedToo() throws Exception {
    byte[] wav = WavFile.of(8000, 1, (short) 5);
    for (String name : new String[] {"wav", "aiff", "au"}) {
      DecodeOptions options = NATIVE.withInput(name, 0, 0);
      assertArrayEquals(new short[] {5}, Samples.decode(wav, options));
    }
  }

  @Test
  void anUnknownFormatIsTheProgrammersError() {
    DecodeOptions options = NATIVE.withInput("mp3", 0, 0);
    Throwable e =
        assertThrows(IllegalArgumentException.class, () -> Samples.decode(new byte[100], options));
    assertEquals("format must be one that is read without FFmpeg (got mp3)", e.getMessage());
    DecodeOptions many = NATIVE.withInput("s8", 0, 513);
    assertThrows(DecodeException.class, () -> Samples.decode(new byte[100], many));
  }

  @Test
  void whatHasNoHeaderIsRefused() {
    assertRefused("neither WAVE nor AIFF nor AU at byte 4", "this is not audio");
    assertRefused("end of data at byte 0", "");
    assertRefused("end of data at byte 3", "RIF");
  }

  private static void assertRefused(String detail, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    DecodeException e = assertThrows(DecodeException.class, () -> Samples.decode(bytes, NATIVE));
    assertEquals(Stage.OPEN, e.stage());
    assertEquals("Could not open the input file (" + detail + ")", e.getMessage());
  }

  @Test
  void aFileThatIsNotThereIsNamedAsByFpcalc() {
    DecodeException e =
        assertThrows(
            DecodeException.class, () -> PlainReader.open(folder.resolve("no.wav"), NATIVE));
    assertEquals("Could not open the input file (No such file or directory)", e.getMessage());
    e = assertThrows(DecodeException.class, () -> PlainReader.open(folder, NATIVE));
    assertEquals("Could not open the input file (Is a directory)", e.getMessage());
  }

  @Test
  void aStreamStaysTheCallers() throws Exception {
    boolean[] closed = {false};
    var in =
        new ByteArrayInputStream(WavFile.of(8000, 1, (short) 5)) {
          @Override
          public void close() throws IOException {
            closed[0] = true;
          }
        };
    PlainReader.open(in, NATIVE).close();
    assertFalse(closed[0]);
  }

  @Test
  void whatTheStreamThrowsUncheckedIsAnErrorOfTheInput() throws Exception {
    byte[] wav = WavFile.of(8000, 1, (short) 5, (short) 6);
    RuntimeException cause = new IllegalStateException("torn cable");
    for (int after = 0; after < wav.length; after++) {
      ByteArrayInputStream start = new ByteArrayInputStream(wav, 0, after);
      InputStream torn =
          new InputStream() {
            @Override
            public int read() {
              int next = start.read();
              if (next < 0) {
                throw cause;
              }
              return next;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
              into[offset] = (byte) read();
              return 1;
            }
          };
      DecodeException e =
          assertThrows(
              DecodeException.class,
              () -> {
                try (PcmSource source = PlainReader.open(torn, NATIVE)) {
                  Samples.all(source);
                }
              });
      assertEquals(after < 44 ? Stage.OPEN : Stage.READ, e.stage());
      assertEquals(cause, e.getCause());
    }
  }

  @Test
  void whatTheStreamThrowsComesWithTheError() {
    IOException cause = new IOException("torn cable");
    byte[] start = Arrays.copyOf(WavFile.of(8000, 1), 30);
    DecodeException e =
        assertThrows(
            DecodeException.class, () -> PlainReader.open(new TornStream(start, cause), NATIVE));
    assertEquals("Could not open the input file (torn cable)", e.getMessage());
    assertEquals(cause, e.getCause());
  }
}
