package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class IncipitIT {
  private static Outcome incipit(String... args) throws Exception {
    return Program.at(Program.distribution().resolve("bin/incipit"), args).run();
  }

  @Test
  void fpcalcIsOneOfItsCommands() throws Exception {
    String[] options = {"-json", "-raw", "wav-s16-8k-mono.wav"};
    String[] command = {"fpcalc", "-json", "-raw", "wav-s16-8k-mono.wav"};
    assertEquals(Program.fpcalc(options).run().out(), incipit(command).out());
    Outcome help = incipit("fpcalc", "-h");
    assertTrue(help.out().startsWith("Usage: " + Program.distribution() + "/bin/incipit fpcalc ["));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void helpListsTheCommands(String option) throws Exception {
    Outcome outcome = incipit(option);
    assertEquals(0, outcome.exit());
    assertTrue(outcome.out().startsWith("Usage: incipit "), outcome.out());
    assertTrue(outcome.out().contains("\n  fpcalc  "), outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "lookup --version", "serve -V", "keys add --version"})
  void theVersionIsOneLine(String options) throws Exception {
    Outcome outcome = incipit(options.split(" ", -1));
    assertEquals(0, outcome.exit());
    assertTrue(outcome.out().matches("incipit [0-9.]+\\S*\n"), outcome.out());
  }

  @Test
  void anUnknownCommandIsNamedWithASuggestion() throws Exception {
    Outcome outcome = incipit("fpclac", "x");
    assertEquals(2, outcome.exit());
    assertEquals("", outcome.out());
    assertEquals("ERROR: Unknown command fpclac\nDid you mean: incipit fpcalc?\n", outcome.err());
  }

  @Test
  void anUnknownOptionIsNamed() throws Exception {
    Outcome outcome = incipit("--wrong");
    assertEquals(2, outcome.exit());
    assertTrue(outcome.err().startsWith("ERROR: Unknown option --wrong\n"), outcome.err());
  }

  @Test
  void withoutACommandItSaysHowToFindOne() throws Exception {
    Outcome outcome = incipit();
    assertEquals(2, outcome.exit());
    assertEquals("ERROR: No command\nTry 'incipit --help'\n", outcome.err());
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() throws Exception {
    String program = Program.distribution().resolve("bin/incipit").toString();
    Outcome outcome = Program.shell("\"$1\" --help >/dev/full", program).run();
    assertEquals(2, outcome.exit());
    assertTrue(
        outcome.err().startsWith("ERROR: Could not write to standard output: "), outcome.err());
  }

  @Test
  void aReaderThatGoesIsNoError() throws Exception {
    String program = Program.distribution().resolve("bin/incipit").toString();
    Outcome outcome =
        Program.shell("{ sleep 0.2; \"$1\" --help; echo $? >&2; } | true", program).run();
    assertEquals("141\n", outcome.err());
  }
}
