package org.incipit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code incipit keys COMMAND …}. */
@Command(
    name = "keys",
    description = "Keys of applications and users, for a server that asks for them.",
    subcommands = {KeysAddCommand.class, KeysListCommand.class, KeysRevokeCommand.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command");
  }
}
