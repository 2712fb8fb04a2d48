package org.incipit.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code incipit index restore FILE}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Make an index of a snapshot, which GET /NAME/_snapshot sends; its name must be free.",
      "All of it is verified first; if it is damaged, nothing is left."
    })
final class IndexRestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The snapshot; - is standard input.")
  private Path file = Path.of("");

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory, made if it is not there (default ${DEFAULT-VALUE}).")
  private Path directory = Path.of("");

  @Mixin private TargetIndex target = new TargetIndex();

  @Override
  public Integer call() throws IOException {
    target.requireIn(directory);
    boolean piped = file.toString().equals("-");
    try (InputStream in =
            piped ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(file);
        ReadableByteChannel snapshot = Channels.newChannel(in);
        IndexCatalog catalog = IndexCatalog.open(directory, IndexConfig.DEFAULT)) {
      catalog.restore(target.name(), OptionalLong.empty(), snapshot);
      try (IndexLease lease = catalog.lease(target.name())) {
        System.out.printf(
            "index %s restored at version %s%n",
            target.name(), Long.toUnsignedString(lease.index().info().version()));
      }
    }
    return 0;
  }
}
