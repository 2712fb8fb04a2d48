package org.incipit.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.incipit.server.backup.Backup;
import org.incipit.server.backup.IndexSource;
import org.incipit.server.backup.OpenedIndexes;
import org.incipit.server.backup.ServedIndexes;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.http.client.ServerAddress;
import org.incipit.server.index.file.DirectoryInUseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code incipit backup DIR TO}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copy a data directory, catalogue and indexes, while a server works with it or not.",
      "A backup that is not whole never has its name."
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "A folder that is not there, or empty.")
  private Path to = Path.of("");

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "If a server has the directory, this one (default ${DEFAULT-VALUE}).")
  private String server = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Its tokens; the first is used.")
  private @Nullable Path tokens;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try {
      ServerAddress.parse(server);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--server: " + e.getMessage(), e);
    }
    if (!Files.isDirectory(directory)) {
      throw new FileNotFoundException(directory + " is not a folder");
    }
    CatalogConfig catalogue = database.of(directory);
    try (IndexSource indexes = indexes()) {
      Backup.make(catalogue, indexes, to, System.err::println);
    }
    System.out.println(directory + " is backed up in " + to);
    return 0;
  }

  private IndexSource indexes() throws IOException {
    try {
      return new OpenedIndexes(directory);
    } catch (DirectoryInUseException e) {
      System.err.println(e.getMessage() + ", asking " + server);
      return new ServedIndexes(directory, server, token(), e.pid());
    }
  }

  private String token() throws IOException {
    if (tokens == null) {
      return "";
    }
    return Files.readAllLines(tokens).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("");
  }
}
