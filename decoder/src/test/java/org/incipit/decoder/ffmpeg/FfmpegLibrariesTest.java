package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegLibrariesTest {
  @TempDir Path folder;

  @Test
  void theVersionsAreThoseOfTheLibrariesLoaded() {
    assertTrue(AudioDecoder.ffmpegAvailable());
    String versions = String.join(" ", AudioDecoder.ffmpegVersions());
    assertTrue(
        versions.matches("Lavc62\\.\\d+\\.\\d+ Lavf62\\.\\d+\\.\\d+ SwR6\\.\\d+\\.\\d+"), versions);
  }

  @Test
  void aFolderOfUnpackedLibrariesServesWithoutTheirJars() throws Exception {
    unpackNatives(folder);
    ChildJvm child =
        withoutNativeJars(new ChildJvm(Decoder.class))
            .flag("-D" + FfmpegLibraries.NATIVES + "=" + folder)
            .flag("-Duser.home=" + folder.resolve("home"));
    assertEquals("66150\n" + folder + "\n", child.output());
    assertTrue(Files.notExists(folder.resolve("home")));
  }

  @Test
  void theJarsAreUnpackedElsewhereWhenTheHomeFolderIsNotThere() throws Exception {
    ChildJvm child =
        new ChildJvm(Decoder.class)
            .flag("-Duser.home=/proc/none")
            .flag("-Djava.io.tmpdir=" + folder);
    assertEquals("66150\n" + folder + "\n", child.output());
  }

  @Test
  void withoutNativesItSaysWhatIsMissing() throws Exception {
    String output = withoutNativeJars(new ChildJvm(Asker.class)).output();
    assertTrue(output.startsWith("false FFmpeg is not there: put org.bytedeco:ffmpeg"), output);
  }

  @Test
  void withoutAnyJarItSaysWhatIsMissing() throws Exception {
    ChildJvm child = withoutNativeJars(new ChildJvm(Asker.class));
    for (String jar : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      if (jar.contains("bytedeco")) {
        child.without(Path.of(jar).getFileName().toString());
      }
    }
    String output = child.output();
    assertTrue(output.startsWith("false FFmpeg is not there: put org.bytedeco:ffmpeg"), output);
  }

  @Test
  void anEmptyFolderIsNamed() throws Exception {
    String output =
        new ChildJvm(Asker.class).flag("-D" + FfmpegLibraries.NATIVES + "=" + folder).output();
    assertTrue(output.startsWith("false FFmpeg could not be loaded from " + folder), output);
  }

  @Test
  void aFolderThatIsNoPathIsAProblemToo() throws Exception {
    String output = new ChildJvm(AskerForNoPath.class).output();
    assertTrue(output.startsWith("false FFmpeg could not be loaded from"), output);
  }

  /** Asks for FFmpeg in a folder that no file system can name. */
  static final class AskerForNoPath {
    public static void main(String[] arguments) {
      System.setProperty(FfmpegLibraries.NATIVES, "a\0b");
      Asker.main(arguments);
    }
  }

  @Test
  void withoutFfmpegTheErrorForOtherFormatsSaysWhy() throws Exception {
    ChildJvm child = withoutNativeJars(new ChildJvm(Opener.class));
    String[] lines = child.output().split("\n");
    assertTrue(
        lines[0].startsWith(
            "Could not open the input file (neither WAVE nor AIFF nor AU at byte 24; FFmpeg is not"
                + " there: put org.bytedeco:ffmpeg"),
        lines[0]);
    assertEquals("Could not open the input file (No such file or directory)", lines[1]);
    assertEquals("wav true, mp3 false", lines[2]);
  }

  /** Opens what only FFmpeg knows, and what is not there. */
  static final class Opener {
    public static void main(String[] arguments) {
      for (Path file : new Path[] {TestData.audio("mp3-vbr-noxing.mp3"), Path.of("none")}) {
        try {
          AudioDecoder.open(file).close();
        } catch (DecodeException e) {
          System.out.println(e.getMessage());
        }
      }
      System.out.print("wav " + AudioDecoder.knowsFormat("wav"));
      System.out.println(", mp3 " + AudioDecoder.knowsFormat("mp3"));
    }
  }

  /** Decodes a file and tells from which of the folders under test libavcodec came. */
  static final class Decoder {
    public static void main(String[] arguments) throws Exception {
      Path file = TestData.audio("wav-s16-8k-mono.wav");
      System.out.println(Pcm.decode(file, DecodeOptions.FINGERPRINT).length);
      String temporary = System.getProperty("java.io.tmpdir");
      String natives = System.getProperty(FfmpegLibraries.NATIVES, temporary);
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        if (line.contains("libavdevice") || line.contains("libavfilter")) {
          System.out.println("needless: " + line);
        }
        if (line.contains(natives) && line.contains("libavcodec")) {
          System.out.println(natives);
          return;
        }
      }
    }
  }

  /** Asks for FFmpeg. */
  static final class Asker {
    public static void main(String[] arguments) {
      System.out.print(AudioDecoder.ffmpegAvailable() + " ");
      AudioDecoder.ffmpegVersions().forEach(System.out::print);
      try {
        FfmpegLibraries.require();
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static ChildJvm withoutNativeJars(ChildJvm child) {
    return child.without(nativeJar("ffmpeg")).without(nativeJar("javacpp"));
  }

  private static String nativeJar(String module) {
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.matches(module + "-[\\d.-]+-[a-z]+-\\w+\\.jar")) {
        return entry;
      }
    }
    throw new AssertionError("no natives of " + module + " on the class path");
  }

  private static void unpackNatives(Path into) throws Exception {
    for (String module : new String[] {"ffmpeg", "javacpp"}) {
      try (JarFile jar = new JarFile(nativeJar(module))) {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
          JarEntry entry = entries.nextElement();
          if (entry.getName().matches("org/bytedeco/.*/lib.*\\.so.*")) {
            try (InputStream in = jar.getInputStream(entry)) {
              Files.copy(in, into.resolve(Path.of(entry.getName()).getFileName().toString()));
            }
          }
        }
      }
    }
  }
}
