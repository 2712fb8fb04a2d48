package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexPlace;
import picocli.CommandLine.Option;

/** The index of a data directory that a command makes or fills: {@code --index NAME}. */
final class TargetIndex {
  @Option(
      names = "--index",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Name of the index (default ${DEFAULT-VALUE}).")
  private String name = "main";

  String name() {
    return name;
  }

  /** Refuses what is no name or no data directory, before anything is read or made. */
  void requireIn(Path directory) throws IOException {
    if (!IndexCatalog.isName(name)) {
      throw new IOException("not the name of an index: " + name);
    }
    if (IndexCatalog.isReserved(name)) {
      throw new IOException("no index can have the name " + name + ": it is reserved");
    }
    if (IndexPlace.isIndex(directory)) {
      throw new IOException(directory + " is the folder of one index, not a data directory");
    }
  }
}
