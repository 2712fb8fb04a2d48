package org.incipit.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.DecodeOptions.Engine;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private static final DecodeOptions PLAIN = DecodeOptions.FINGERPRINT.withEngine(Engine.PLAIN);
  private static final int SAMPLES = 66150;

  @TempDir Path folder;

  @Test
  void thePlainReadersServeEveryEntry() throws Exception {
    Path wav = TestData.audio("wav-s16-8k-mono.wav");
    byte[] bytes = Files.readAllBytes(wav);
    List<PcmSource> sources = new ArrayList<>();
    sources.add(AudioDecoder.open(wav, PLAIN));
    sources.add(AudioDecoder.open(new ByteArrayInputStream(bytes), PLAIN));
    sources.add(AudioDecoder.open(Channels.newChannel(new ByteArrayInputStream(bytes)), PLAIN));
    sources.add(AudioDecoder.openNamed(name(wav.toString()), PLAIN));
    sources.add(AudioDecoder.openNamed(name("file:" + wav), PLAIN));
    for (PcmSource source : sources) {
      assertEquals(SAMPLES, count(source));
    }
  }

  @Test
  void theEngineAskedForIsTheOneThatDecodes() throws Exception {
    Path mp3 = TestData.audio("mp3-vbr-noxing.mp3");
    assertThrows(DecodeException.class, () -> AudioDecoder.open(mp3, PLAIN));
    for (Engine engine : new Engine[] {Engine.AUTO, Engine.FFMPEG}) {
      DecodeOptions options = DecodeOptions.FINGERPRINT.withEngine(engine);
      assertEquals(165600, count(AudioDecoder.open(mp3, options)));
    }
  }

  @Test
  void namesFollowTheSameRulesWithoutFfmpeg() throws Exception {
    for (Engine engine : new Engine[] {Engine.PLAIN, Engine.FFMPEG}) {
      DecodeOptions options = DecodeOptions.FINGERPRINT.withEngine(engine);
      assertEquals("Protocol not found", detail("a:b.wav", options));
      assertEquals("No such file or directory", detail(folder + "/none", options));
      assertEquals("No such file or directory", detail("", options));
      assertEquals("Is a directory", detail(folder.toString(), options));
      Path file = folder.resolve("ä %41:#?.wav");
      Files.copy(TestData.audio("wav-s16-8k-mono.wav"), file, StandardCopyOption.REPLACE_EXISTING);
      Path relative = Path.of("").toAbsolutePath().relativize(file);
      assertEquals(SAMPLES, count(AudioDecoder.openNamed(name("file:" + relative), options)));
    }
    DecodeOptions nothing = PLAIN.withProtocols(List.of());
    assertTrue(detail("pipe:0", nothing).contains("not allowed"));
  }

  @Test
  void namesThatAreNoTextAreOpenedWithoutFfmpegToo() throws Exception {
    byte[] name = name(folder + "/xx.wav");
    name[name.length - 6] = (byte) 0xff;
    name[name.length - 5] = (byte) 0xe9;
    // The only name that Java cannot say: let a shell say it.
    String script = "cp \"$0\" \"$1/$(printf '\\xff\\xe9').wav\"";
    String wav = TestData.audio("wav-s16-8k-mono.wav").toString();
    Process copy = new ProcessBuilder("bash", "-c", script, wav, folder.toString()).start();
    assertEquals(0, copy.waitFor());
    assertEquals(SAMPLES, count(AudioDecoder.openNamed(name, PLAIN)));
  }

  @Test
  void aNameWithAZeroIsNotCutShort() {
    Path wav = TestData.audio("wav-s16-8k-mono.wav");
    for (Engine engine : new Engine[] {Engine.PLAIN, Engine.FFMPEG}) {
      DecodeOptions options = DecodeOptions.FINGERPRINT.withEngine(engine);
      assertEquals("No such file or directory", detail(wav + "\0.mp3", options));
    }
  }

  @Test
  void theFormatsKnownAreThoseOfTheEngine() {
    assertTrue(AudioDecoder.knowsFormat("mp3", Engine.FFMPEG));
    assertFalse(AudioDecoder.knowsFormat("mp3", Engine.PLAIN));
    for (Engine engine : Engine.values()) {
      assertTrue(AudioDecoder.knowsFormat("wav", engine));
      assertTrue(AudioDecoder.knowsFormat("s16le", engine));
      assertFalse(AudioDecoder.knowsFormat("no-such-format", engine));
    }
  }

  @Test
  void aChannelBeginsWhereItStandsWithoutFfmpegToo() throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-8k-mono.wav"));
    byte[] shifted = new byte[wav.length + 1000];
    System.arraycopy(wav, 0, shifted, 1000, wav.length);
    Path file = Files.write(folder.resolve("shifted"), shifted);
    for (Engine engine : new Engine[] {Engine.PLAIN, Engine.FFMPEG}) {
      try (FileChannel channel = FileChannel.open(file)) {
        channel.position(1000);
        DecodeOptions options = DecodeOptions.FINGERPRINT.withEngine(engine);
        try (PcmSource source = AudioDecoder.open(channel, options)) {
          assertEquals(6000, source.format().durationMillis());
          assertEquals(SAMPLES, count(source));
        }
      }
    }
  }

  @Test
  void aLineThatCannotBeIsAnError() {
    // No line records 512 channels, so this is the same with and without a sound card.
    assertThrows(DecodeException.class, () -> AudioDecoder.openLine(1, 512, PLAIN));
    assertThrows(IllegalArgumentException.class, () -> AudioDecoder.openLine(0, 1, PLAIN));
  }

  @Test
  void optionsThatMakeNoSenseAreRefusedByName() {
    List<String> two = List.of("file,http");
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withProtocols(two));
    Throwable e = assertThrows(NullPointerException.class, () -> PLAIN.withStart(null));
    assertEquals("start", e.getMessage());
  }

  private static int count(PcmSource source) throws DecodeException {
    int[] count = {0};
    try (source) {
      source.forEachBlock((samples, offset, length) -> count[0] += length);
    }
    return count[0];
  }

  private static String detail(String name, DecodeOptions options) {
    String message =
        assertThrows(DecodeException.class, () -> AudioDecoder.openNamed(name(name), options))
            .getMessage();
    return message.substring(message.indexOf('(') + 1, message.length() - 1);
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
