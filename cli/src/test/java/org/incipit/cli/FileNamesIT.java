package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.incipit.cli.Program.Outcome;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are bytes. The shell writes them here, since Java could not. */
@Execution(ExecutionMode.CONCURRENT)
class FileNamesIT {
  private static final Path AUDIO = TestData.audio("wav-s16-11k-mono-native.wav");

  @TempDir private Path folder;

  private static String expected() throws IOException, InterruptedException {
    return Program.fpcalc("-plain", AUDIO.getFileName().toString()).run().out();
  }

  /** Runs with $n holding the bytes that {@code name} is in printf's notation. */
  private Outcome run(String locale, String name, String script) throws Exception {
    String prepare = "n=$(printf '" + name + "'); cp -- \"$1\" \"./$n\"; ";
    return Program.shell(prepare + script, AUDIO.toString())
        .in(folder)
        .with(Map.of("LC_ALL", locale))
        .run();
  }

  @ParameterizedTest
  @CsvSource({
    "C, caf\\303\\251.wav", "C, caf\\351.wav", "C.UTF-8, caf\\303\\251.wav",
        "C.UTF-8, caf\\351.wav",
    "POSIX, \\360\\235\\204\\236 \\377\\376.wav", "C, a?b.wav", "C, tab\\there.wav",
        "C, line\\nbreak"
  })
  void anyBytesReachTheDecoder(String locale, String name) throws Exception {
    Outcome outcome = run(locale, name, "exec \"$0\" -plain \"$n\"");
    assertEquals("", outcome.err());
    assertEquals(expected(), outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void anyBytesComeBackInErrors(String locale) throws Exception {
    Outcome missing = run(locale, "x", "\"$0\" -keep-going \"$(printf 'n\\351 \\303\\251')\"");
    assertEquals(
        "ERROR: n\u00e9 \u00c3\u00a9: Could not open the input file (No such file or directory)\n",
        missing.err());
    assertEquals(2, missing.exit());
    Outcome unknown = run(locale, "x", "\"$0\" \"$(printf -- '-\\351?\\377')\"");
    assertEquals("ERROR: Unknown option -\u00e9?\u00ff\n", unknown.err());
    assertEquals(2, unknown.exit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"@x", "@@", "*", "$HOME", "a b", "100%s", "~"})
  void nothingIsExpanded(String name) throws Exception {
    Files.copy(AUDIO, folder.resolve(name));
    assertEquals(expected(), Program.fpcalc("-plain", name).in(folder).run().out());
  }

  @Test
  void afterTwoDashesANameMayBeginWithOne() throws Exception {
    Files.copy(AUDIO, folder.resolve("-h"));
    assertEquals(expected(), Program.fpcalc("-plain", "--", "-h").in(folder).run().out());
  }

  @Test
  void aColonIsThatOfAUrl() throws Exception {
    Files.copy(AUDIO, folder.resolve("a:b.wav"));
    Outcome refused = Program.fpcalc("a:b.wav").in(folder).run();
    assertEquals("ERROR: Could not open the input file (Protocol not found)\n", refused.err());
    assertEquals(2, refused.exit());
    assertEquals(expected(), Program.fpcalc("-plain", "file:a:b.wav").in(folder).run().out());
  }

  @Test
  void aLoneDashIsStandardInput() throws Exception {
    Outcome outcome = Program.shell("exec \"$0\" - <\"$1\"", AUDIO.toString()).run();
    assertEquals("DURATION=0\nFINGERPRINT=" + expected(), outcome.out());
    Outcome piped = Program.shell("cat \"$1\" | \"$0\" -", AUDIO.toString()).run();
    assertTrue(piped.out().endsWith("\nFINGERPRINT=" + expected()));
    assertEquals(0, piped.exit());
  }

  @Test
  void theEmptyNameIsThatOfNoFile() throws Exception {
    Outcome outcome = Program.fpcalc("").run();
    assertEquals(
        "ERROR: Could not open the input file (No such file or directory)\n", outcome.err());
    assertEquals(2, outcome.exit());
  }

  @Test
  void aFolderIsNoFile() throws Exception {
    Outcome outcome = Program.fpcalc(folder.toString()).run();
    assertEquals("ERROR: Could not open the input file (Is a directory)\n", outcome.err());
    assertEquals(2, outcome.exit());
  }
}
