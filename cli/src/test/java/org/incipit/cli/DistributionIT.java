package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The folder that is handed on: wherever it lies, however it is called. */
@Execution(ExecutionMode.CONCURRENT)
class DistributionIT {
  private static final String AUDIO = "wav-s16-11k-mono-native.wav";
  private static final List<String> LICENSES =
      List.of(
          "LGPL-2.1",
          "LGPL-3",
          "GPL-3",
          "JTransforms",
          "libva",
          "libdrm",
          "postgresql",
          "slf4j",
          "sqlite-jdbc");

  @TempDir private Path folder;

  private static String expected() throws Exception {
    return Program.fpcalc(AUDIO).run().out();
  }

  private static void assertWorks(Program program) throws Exception {
    Outcome outcome = program.run();
    assertEquals("", outcome.err());
    assertEquals(expected(), outcome.out());
  }

  private Path copy(String name) throws Exception {
    Path copy = folder.resolve(name);
    String from = Program.distribution().toString();
    Outcome outcome = Program.shell("cp -r \"$1\" \"$2\"", from, copy.toString()).run();
    assertEquals(0, outcome.exit(), outcome.err());
    return copy;
  }

  @Test
  void symbolicLinksToItWork() throws Exception {
    Path program = Program.distribution().resolve("bin/fpcalc");
    Path link = Files.createSymbolicLink(folder.resolve("fingerprint"), program);
    assertWorks(Program.at(link, AUDIO));
    Path relative = Files.createSymbolicLink(folder.resolve("again"), Path.of("fingerprint"));
    assertWorks(Program.at(relative, AUDIO));
    Path linked = Files.createSymbolicLink(folder.resolve("lnk"), Program.distribution());
    assertWorks(Program.at(linked.resolve("bin/fpcalc"), AUDIO));
  }

  @Test
  void itIsFoundOnThePath() throws Exception {
    assertWorks(Program.shell("PATH=${0%/*}:$PATH; fpcalc \"$1\"", AUDIO));
    assertWorks(Program.shell("f=$PWD/$1; cd \"${0%/*}\" && ./fpcalc \"$f\"", AUDIO));
    assertWorks(Program.shell("f=$PWD/$1; cd \"${0%/*}\" && sh fpcalc \"$f\"", AUDIO));
    assertWorks(Program.shell("f=$PWD/$1; cd \"${0%/*}/..\" && bin/fpcalc \"$f\"", AUDIO));
  }

  @Test
  void aCopyInAFolderWithSpacesWorks() throws Exception {
    Path copy = copy("a copy of it, 'moved' [*]");
    assertWorks(Program.at(copy.resolve("bin/fpcalc"), AUDIO));
    assertTrue(javaArguments(copy).contains("-XX:AOTCache="), "with its class cache");
  }

  @Test
  void aFolderWhoseNameIsNotAsciiWorksInTheCLocale() throws Exception {
    assertWorks(
        Program.shell(
                "d=$1/$(printf 'm\\303\\274sik'); cp -r \"$2\" \"$d\" && \"$d/bin/fpcalc\" \"$3\"",
                folder.toString(),
                Program.distribution().toString(),
                AUDIO)
            .with(Map.of("LC_ALL", "C")));
  }

  @Test
  void aFolderWithAColonIsRefusedInOneLine() throws Exception {
    Outcome outcome = Program.at(copy("a:b").resolve("bin/fpcalc"), AUDIO).run();
    assertEquals(2, outcome.exit());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("ERROR: Java cannot run from a folder with a colon"));
  }

  @Test
  void everyLibraryInItIsNamedInTheNotice() throws Exception {
    String notice = Files.readString(Program.distribution().resolve("NOTICE"));
    try (Stream<Path> files = Files.walk(Program.distribution().resolve("lib"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(".jar") || name.contains(".so")) {
          String library =
              name.replaceAll(
                  "^lib|[.](jar|so).*$|^cli|fingerprint-core|decoder|lookup-server|benchmarks", "");
          assertTrue(notice.contains(library), library + " of " + name);
        }
      }
    }
    for (String text : LICENSES) {
      assertTrue(Files.size(Program.distribution().resolve("licenses/" + text)) > 500, text);
    }
  }

  @Test
  void itNeedsNoHome() throws Exception {
    assertWorks(Program.fpcalc(AUDIO).without("HOME"));
    assertWorks(Program.fpcalc(AUDIO).with(Map.of("HOME", "/nonexistent")));
    assertWorks(Program.fpcalc(AUDIO).with(Map.of("HOME", "/proc")));
  }

  @Test
  void itWritesNothing() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Map<String, String> before = contents(Program.distribution());
    Program program =
        Program.at(Program.distribution().resolve("bin/fpcalc"), "nofile")
            .in(home)
            .with(Map.of("HOME", home.toString(), "TMPDIR", home.toString()));
    assertEquals(2, program.run().exit());
    assertEquals(before, contents(Program.distribution()));
    assertEquals(1, contents(home).size(), "only the folder itself");
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        contents.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
      }
    }
    return contents;
  }

  @Test
  void eightAtOnceDoNotDisturbEachOther() throws Exception {
    Path copy = copy("eight");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      processes.add(Program.at(copy.resolve("bin/fpcalc"), AUDIO).start());
    }
    String expected = expected();
    for (Process process : processes) {
      byte[] out = process.getInputStream().readAllBytes();
      assertEquals(expected, new String(out, StandardCharsets.ISO_8859_1));
      assertEquals(0, process.waitFor());
    }
  }

  /** What the launcher would start Java with, told by a stand-in for Java. */
  private String javaArguments(Path distribution) throws Exception {
    Path jdk = folder.resolve("jdk");
    if (!Files.exists(jdk)) {
      Files.createDirectories(jdk.resolve("bin"));
      Path release = Path.of(System.getProperty("java.home"), "release");
      Files.copy(release, jdk.resolve("release"));
      Path java = jdk.resolve("bin/java");
      Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
      assertTrue(java.toFile().setExecutable(true));
    }
    return Program.at(distribution.resolve("bin/fpcalc"), AUDIO)
        .with(Map.of("JAVA_HOME", jdk.toString()))
        .run()
        .out();
  }

  @Test
  void theClassCacheIsThatOfTheseJarsAndThisJdk() throws Exception {
    String arguments = javaArguments(Program.distribution());
    String cache = arguments.replaceFirst("(?s).*-XX:AOTCache=(\\S+\\.aot) .*", "$1");
    assertTrue(Files.size(Path.of(cache)) > 1_000_000, arguments);
    try (Stream<Path> files = Files.list(Program.distribution().resolve("lib"))) {
      assertEquals(1, files.filter(file -> file.toString().endsWith(".aot")).count());
    }
  }

  @Test
  void aReplacedJarRunsInsteadOfWhatTheCacheHolds() throws Exception {
    Path copy = copy("replaced");
    Path source = folder.resolve("Fpcalc.java");
    Files.writeString(
        source,
        """
        package org.incipit.cli.fpcalc;
        public final class Fpcalc {
          public static void main(String[] args) {
            System.out.println("replaced");
          }
        }
        """);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertEquals(0, compiler.run(null, null, null, "-d", folder.toString(), source.toString()));
    String entry = "org/incipit/cli/fpcalc/Fpcalc.class";
    try (FileSystem jar = FileSystems.newFileSystem(copy.resolve("lib/cli.jar"))) {
      Files.copy(folder.resolve(entry), jar.getPath(entry), StandardCopyOption.REPLACE_EXISTING);
    }
    Outcome outcome = Program.at(copy.resolve("bin/fpcalc"), AUDIO).run();
    assertEquals("replaced\n", outcome.out());
    assertTrue(!javaArguments(copy).contains("-XX:AOTCache="), "the cache is not for these jars");
  }

  @Test
  void withoutItsClassCacheItStillWorks() throws Exception {
    Path copy = copy("uncached");
    try (Stream<Path> files = Files.list(copy.resolve("lib"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".aot")) {
          Files.writeString(file, "damaged");
        }
      }
    }
    assertWorks(Program.at(copy.resolve("bin/fpcalc"), AUDIO));
  }

  @Test
  void aJavaThatIsTooOldIsPassedOver() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old/bin"));
    Files.writeString(old.resolve("java"), "#!/bin/sh\necho old\n");
    assertTrue(old.resolve("java").toFile().setExecutable(true));
    Files.writeString(folder.resolve("old/release"), "X=\"1\"\nJAVA_VERSION=\"24.0.1\"\n");
    assertWorks(
        Program.fpcalc(AUDIO)
            .with(
                Map.of(
                    "JAVA_HOME",
                    folder.resolve("old").toString(),
                    "JDK_HOME",
                    "/nonexistent",
                    "PATH",
                    old + ":" + System.getenv("PATH"))));
  }

  @Test
  void withoutAnyJavaItSaysWhichIsNeeded() throws Exception {
    Path copy = copy("future");
    Path launcher = copy.resolve("lib/launch.sh");
    Files.writeString(launcher, Files.readString(launcher).replace("needed=25", "needed=99"));
    Outcome outcome = Program.at(copy.resolve("bin/fpcalc"), AUDIO).run();
    assertEquals(
        "ERROR: Java 99 or newer is needed and was not found; set JAVA_HOME to its folder\n",
        outcome.err());
    assertEquals(2, outcome.exit());
  }
}
