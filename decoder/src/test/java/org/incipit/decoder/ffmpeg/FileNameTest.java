package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  private static final DecodeOptions FINGERPRINT = DecodeOptions.FINGERPRINT;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"a:b.wav", "-", "http:x", "%41.wav", "a b.wav", "#?&.wav", "%03d.wav", "x.m3u8"})
  void anyPathIsTheNameOfAFile(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.copy(TestData.audio("wav-s16-8k-mono.wav"), file);
    assertEquals(66150, Pcm.decode(file, FINGERPRINT).length);
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    assertEquals(66150, Pcm.decode(relative, FINGERPRINT).length);
  }

  @Test
  void aNameIsTakenAsFfmpegTakesIt() throws Exception {
    Path file = folder.resolve("a:b.wav");
    Files.copy(TestData.audio("wav-s16-8k-mono.wav"), file);
    assertEquals("Could not open the input file (Protocol not found)", failure("a:b.wav"));
    assertEquals(
        "Could not open the input file (No such file or directory)", failure(folder + "/none"));
    assertEquals("Could not open the input file (No such file or directory)", failure(""));
    assertEquals("Could not open the input file (Is a directory)", failure(folder.toString()));
    try (PcmSource source = AudioDecoder.openNamed(bytes("file:" + file), FINGERPRINT)) {
      assertEquals(66150, Pcm.all(source).length);
    }
  }

  @Test
  void aDirectoryIsNoAudio() {
    DecodeException failure =
        assertThrows(DecodeException.class, () -> AudioDecoder.open(folder, FINGERPRINT));
    assertEquals("Could not open the input file (Is a directory)", failure.getMessage());
  }

  @Test
  void bytesThatAreNoTextReachTheFileSystemUnchanged() throws Exception {
    byte[] name = bytes(folder + "/xx.wav");
    name[name.length - 6] = (byte) 0xff;
    name[name.length - 5] = (byte) 0xe9;
    copyInShell(name);
    try (PcmSource source = AudioDecoder.openNamed(name, FINGERPRINT)) {
      assertEquals(66150, Pcm.all(source).length);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        assertEquals(66150, Pcm.decode(file, FINGERPRINT).length);
      }
    }
  }

  @Test
  void anUmlautIsFoundWhereTheLocaleKnowsNoUmlauts() throws Exception {
    copyInShell(bytes(folder + "/für é.wav"));
    ChildJvm child = new ChildJvm(Lister.class, folder.toString());
    child.environment().put("LC_ALL", "C");
    assertEquals("66150\n", child.output());
  }

  /** Decodes what lies in a folder. */
  static final class Lister {
    public static void main(String[] arguments) throws Exception {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(arguments[0]))) {
        for (Path file : files) {
          System.out.println(Pcm.decode(file, FINGERPRINT).length);
        }
      }
    }
  }

  @Test
  void aFileInsideAnArchiveIsReadThroughItsFileSystem() throws Exception {
    Path zip = folder.resolve("audio.zip");
    byte[] flac = Files.readAllBytes(TestData.audio("edge-short-1.0s.flac"));
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.write(archive.getPath("one.flac"), flac);
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      assertArrayEquals(
          Pcm.decode(TestData.audio("edge-short-1.0s.flac"), FINGERPRINT),
          Pcm.decode(archive.getPath("one.flac"), FINGERPRINT));
      DecodeException failure =
          assertThrows(DecodeException.class, () -> AudioDecoder.open(archive.getPath("two.flac")));
      assertEquals(NoSuchFileException.class, failure.getCause().getClass());
    }
  }

  /** Copies a file to a name that Java's Path need not be able to hold. */
  private static void copyInShell(byte[] name) throws Exception {
    String octal = HexFormat.ofDelimiter("\\x").withPrefix("").formatHex(name);
    String script = "cp \"$0\" \"$(printf '\\x" + octal + "')\"";
    Process process =
        new ProcessBuilder("bash", "-c", script, TestData.audio("wav-s16-8k-mono.wav").toString())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
  }

  private static String failure(String name) {
    return assertThrows(
            DecodeException.class, () -> AudioDecoder.openNamed(bytes(name), FINGERPRINT))
        .getMessage();
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
