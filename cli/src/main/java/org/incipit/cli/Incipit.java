package org.incipit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import org.incipit.cli.fpcalc.Fpcalc;
import org.incipit.server.ConfigReader;
import org.incipit.server.FileFailure;
import org.incipit.server.index.file.CorruptIndexException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code incipit COMMAND …}. */
@Command(
    name = "incipit",
    description = "Audio fingerprints: compute them, compare them, look them up.",
    subcommands = {
      FpcalcCommand.class,
      IndexCommand.class,
      BackupCommand.class,
      KeysCommand.class,
      LookupCommand.class,
      RestoreCommand.class,
      SubmitCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Incipit implements Runnable {
  private static final int DAMAGE = 1;
  private static final int USAGE_ERROR = 2;
  private static final int FAILED = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs and ends the process. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("fpcalc")) {
      // Its options are not picocli's, and it is in a hurry.
      Fpcalc.main(Arrays.copyOfRange(args, 1, args.length));
    }
    StandardOutput out = StandardOutput.install();
    int exit = commandLine().setOut(out.writer()).execute(args);
    System.exit(out.exit(exit));
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new Incipit()).addSubcommand(ServeCommand.spec());
    tellVersion(commands);
    return commands
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Incipit::fail)
        .setParameterExceptionHandler(Incipit::explain);
  }

  /** Each command has {@code --version}, which says nothing by itself. */
  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new IncipitVersion());
    command.getSubcommands().values().forEach(Incipit::tellVersion);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command");
  }

  /** One line on what is wrong, one on what to do. */
  private static int explain(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("ERROR: " + Printable.of(message(e)));
    String meant = meant(e);
    if (!meant.isEmpty()) {
      err.println("Did you mean: " + meant + "?");
    } else {
      err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
    }
    err.flush();
    return USAGE_ERROR;
  }

  /** One line on what went wrong with a file. */
  private static int fail(Exception e, CommandLine command, ParseResult result) throws Exception {
    if (!(e instanceof IOException failure)) {
      throw e;
    }
    if (StandardOutput.isForNobody(e)) {
      return StandardOutput.READER_GONE;
    }
    PrintWriter err = command.getErr();
    err.println("ERROR: " + Printable.of(FileFailure.describe(failure)));
    err.flush();
    return e instanceof CorruptIndexException ? DAMAGE : FAILED;
  }

  /** Of an option or a command that there is not, the one that comes nearest; or empty. */
  private static String meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return "";
    }
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String given = unmatched.getUnmatched().getFirst();
    if (given.startsWith("--")) {
      return ConfigReader.nearest(given, command.optionsMap().keySet());
    }
    String nearest = ConfigReader.nearest(given, command.subcommands().keySet());
    return nearest.isEmpty() ? "" : command.qualifiedName() + " " + nearest;
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().getFirst();
      return (first.startsWith("-") ? "Unknown option " : "Unknown command ") + first;
    }
    return String.valueOf(e.getMessage());
  }
}
