package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that fail, signals, and lines that are not fingerprints. */
@Execution(ExecutionMode.CONCURRENT)
class OutputIT {
  private static final String AUDIO = "wav-s16-11k-mono-native.wav";

  @ParameterizedTest
  @ValueSource(strings = {"", "-threads 2 -keep-going " + AUDIO})
  void aReaderThatGoesEndsItQuietly(String more) throws Exception {
    Outcome outcome = Program.shell("{ \"$0\" $1 $2; echo $? >&2; } | true", AUDIO, more).run();
    assertEquals("141\n", outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-threads 2 -keep-going " + AUDIO, "-h", "-version"})
  void aFullDiskIsAnError(String more) throws Exception {
    Outcome outcome = Program.shell("exec \"$0\" $1 $2 >/dev/full", AUDIO, more).run();
    assertEquals(2, outcome.exit());
    assertEquals("ERROR: Could not write the output (No space left on device)\n", outcome.err());
  }

  @Test
  void errorsThatCannotBeWrittenChangeNothing() throws Exception {
    Outcome outcome =
        Program.shell("exec \"$0\" -keep-going nofile \"$1\" 2>/dev/full", AUDIO).run();
    assertEquals(2, outcome.exit());
    assertTrue(outcome.out().startsWith("DURATION=7\n"));
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalEndsItAtOnce(String signal, int exit) throws Exception {
    // Whoever started this test in the background may have had the signal ignored.
    Process process =
        Program.at(
                Path.of("/usr/bin/env"),
                "--default-signal=INT,TERM",
                Program.distribution().resolve("bin/fpcalc").toString(),
                "-length",
                "0",
                "-f",
                "s16le",
                "-r",
                "11025",
                "-")
            .start();
    OutputStream in = process.getOutputStream();
    in.write(new byte[100_000]);
    in.flush();
    Program.at(Path.of("/bin/sh"), "-c", "sleep 0.5; kill -" + signal + " " + process.pid()).run();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(exit, process.exitValue());
    assertEquals(0, process.getErrorStream().readAllBytes().length);
    assertEquals(0, process.getInputStream().readAllBytes().length);
  }

  @Test
  void aCrashNamesTheFile(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("some song.wav");
    assertEquals(0, Program.shell("mkfifo \"$1\"", pipe.toString()).run().exit());
    Process process =
        Program.fpcalc("-length", "0", "-f", "s16le", "-r", "11025", pipe.toString()).start();
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write(new byte[50_000]);
      out.flush();
      Program.at(Path.of("/bin/sh"), "-c", "sleep 0.5; kill -SEGV " + process.pid()).run();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
    assertEquals(134, process.exitValue());
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        "ERROR: Java crashed; these files were open:\nERROR:   " + pipe.toRealPath() + "\n",
        errors);
  }

  @Test
  void javasOwnVariablesDoNotSpeakUp() throws Exception {
    Map<String, String> variables =
        Map.of("JAVA_TOOL_OPTIONS", "-Da=b", "JDK_JAVA_OPTIONS", "-Dc=d", "_JAVA_OPTIONS", "-De=f");
    Outcome outcome = Program.fpcalc("-plain", AUDIO).with(variables).run();
    assertEquals("", outcome.err());
    assertEquals(0, outcome.exit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "-version"})
  void theVersionIsThatOfTheOriginalAndOfWhatIsInside(String option) throws Exception {
    Outcome outcome = Program.fpcalc(option).run();
    assertTrue(
        outcome
            .out()
            .matches(
                "fpcalc version 1\\.6\\.1 \\(FFmpeg Lavc[0-9.]+ Lavf[0-9.]+ SwR[0-9.]+;"
                    + " Incipit [0-9.]+[^ ]*\\)\n"),
        outcome.out());
    assertEquals(0, outcome.exit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "-help", "--help"})
  void helpNamesTheProgramAndItsOptionsInOrder(String option) throws Exception {
    Outcome outcome = Program.shell("cd \"${0%/*}\" && ./fpcalc " + option).run();
    assertEquals(0, outcome.exit());
    assertTrue(outcome.out().startsWith("Usage: ./fpcalc [OPTIONS] FILE [FILE...]\n\n"));
    int at = outcome.out().indexOf("\nOptions:\n");
    for (String name :
        new String[] {
          "-format NAME",
          "-rate NUM",
          "-channels NUM",
          "-length SECS",
          "-chunk SECS",
          "-algorithm NUM",
          "-overlap",
          "-ts",
          "-raw",
          "-signed",
          "-json",
          "-text",
          "-plain",
          "-version",
          "-start SECS",
          "-keep-going",
          "-threads NUM"
        }) {
      int next = outcome.out().indexOf("\n  " + name + " ", at);
      assertTrue(next > at - 1 && next >= 0, name);
      at = next;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', No input files",
    "-json, No input files",
    "--version, Unknown option --version",
    "x -length, Unknown option -length",
    "-t -1 x, The argument for -t must be a positive number",
    "-channels 0 x, The argument for -channels must be a non-zero positive number",
    "-a 6 x, The argument for -a must be 1 - 5",
    "-threads two x, The argument for -threads must be a positive number",
    "-format nosuchformat x, Invalid format"
  })
  void aCommandLineThatIsWrongIsExplained(String arguments, String message) throws Exception {
    Outcome outcome = Program.shell("exec \"$0\" $1", arguments).run();
    assertEquals("ERROR: " + message + "\n", outcome.err());
    assertEquals("", outcome.out());
    assertEquals(2, outcome.exit());
  }
}
