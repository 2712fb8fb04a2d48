package org.incipit.cli;

import java.util.List;
import org.incipit.cli.fpcalc.Fpcalc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fpcalc} in the list of commands; called by that name it does not come this way. */
@Command(
    name = "fpcalc",
    description = "Print the fingerprints of audio files, as Chromaprint's fpcalc does.")
final class FpcalcCommand implements Runnable {
  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "See fpcalc -help.")
  private List<String> arguments = List.of();

  @Override
  public void run() {
    Fpcalc.main(arguments.toArray(String[]::new));
  }
}
