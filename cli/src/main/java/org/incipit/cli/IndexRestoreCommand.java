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
import org.incipit.server.index.catalog.IndexPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code incipit index restore FILE}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Make an index of a snapshot, which GET /NAME/_snapshot sends.",
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

  @Option(
      names = "--index",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Its name, which must be free (default ${DEFAULT-VALUE}).")
  private String name = "main";

  @Override
  public Integer call() throws IOException {
    if (!IndexCatalog.isName(name)) {
      throw new IOException("not the name of an index: " + name);
    }
    if (IndexPlace.isIndex(directory)) {
      throw new IOException(directory + " is the folder of one index, not a data directory");
    }
    boolean piped = file.toString().equals("-");
    try (InputStream in =
            piped ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(file);
        ReadableByteChannel snapshot = Channels.newChannel(in);
        IndexCatalog catalog = IndexCatalog.open(directory, IndexConfig.DEFAULT)) {
      catalog.restore(name, OptionalLong.empty(), snapshot);
      try (IndexLease lease = catalog.lease(name)) {
        System.out.printf(
            "index %s restored at version %s%n",
            name, Long.toUnsignedString(lease.index().info().version()));
      }
    }
    return 0;
  }
}
