package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.incipit.server.backup.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code incipit restore FROM DIR}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make a data directory of a backup.",
      "All of the backup is verified first; if it is damaged, nothing is made.",
      "With --database that gets the catalogue, and must be empty."
    })
final class RestoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FROM", description = "What backup has made.")
  private Path from = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "A folder that is not there, or empty.")
  private Path directory = Path.of("");

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Override
  public Integer call() throws IOException {
    Backup.restore(from, directory, database.url(), System.err::println);
    System.out.println(directory + " is restored from " + from);
    return 0;
  }
}
