package org.incipit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code incipit index COMMAND …}. */
@Command(
    name = "index",
    description = "Look into inverted indexes, fill them, empty them into files.",
    subcommands = {
      IndexCheckCommand.class,
      IndexStatsCommand.class,
      IndexExportCommand.class,
      IndexLoadCommand.class,
      IndexRestoreCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class IndexCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command");
  }
}
